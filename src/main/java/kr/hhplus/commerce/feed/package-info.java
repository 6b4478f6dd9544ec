/** The log of what happened to orders, its pull feed, and its delivery to the data platform. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit", "shared", "trail"})
package kr.hhplus.commerce.feed;
