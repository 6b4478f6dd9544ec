/** Who may call. So far: local mode, in which only this machine may, and open mode, in which a network decides. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = "shared")
package kr.hhplus.commerce.identity;
