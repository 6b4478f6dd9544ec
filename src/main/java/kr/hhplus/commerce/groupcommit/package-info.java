/** The batching engine: commands that arrive together are decided together. Knows nothing of commerce. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package kr.hhplus.commerce.groupcommit;
