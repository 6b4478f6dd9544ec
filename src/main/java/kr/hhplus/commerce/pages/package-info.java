/** Shared by storefront and console: language, layout, visitor and error pages. */
@NullMarked
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*", "sale", "web", "web::*"})
package kr.hhplus.commerce.pages;

import org.jspecify.annotations.NullMarked;
