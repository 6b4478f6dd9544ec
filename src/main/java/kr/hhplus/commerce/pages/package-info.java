/** What shop and console have in common: language, layout, who looks, what is said when something goes wrong. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"sale", "shared"})
package kr.hhplus.commerce.pages;
