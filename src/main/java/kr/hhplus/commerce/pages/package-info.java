/** What storefront and console have in common: language, layout, the visitor, and error pages. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*", "sale", "web", "web::*"})
package kr.hhplus.commerce.pages;
