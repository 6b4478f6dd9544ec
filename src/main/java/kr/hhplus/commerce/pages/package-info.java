/** Shared by storefront and console: language, layout, visitor and error pages. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*", "sale", "web", "web::*"})
package kr.hhplus.commerce.pages;
