/** What an operator sees of the sale while it goes on, and the forms to act on it. Every rule is elsewhere. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {
            "audit",
            "campaign",
            "catalog",
            "feed",
            "live",
            "order",
            "pages",
            "sale",
            "shared",
            "trail"
        })
package kr.hhplus.commerce.console;
