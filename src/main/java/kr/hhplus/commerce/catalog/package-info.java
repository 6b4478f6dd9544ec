/** Products, their stock and the search over them. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"groupcommit", "shared"})
package kr.hhplus.commerce.catalog;
