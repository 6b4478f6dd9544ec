/** Proves the books from the tables, on the running system; shares no code with the modules that write them. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = "shared")
package kr.hhplus.commerce.audit;
