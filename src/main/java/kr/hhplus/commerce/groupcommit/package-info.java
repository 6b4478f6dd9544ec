/** Group commit: commands that wait together are decided in one transaction. Knows no commerce and no web. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {})
package kr.hhplus.commerce.groupcommit;
