/** Products, their stock and the search over them. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"feed", "groupcommit", "hints", "shared", "trail"})
package kr.hhplus.commerce.catalog;
