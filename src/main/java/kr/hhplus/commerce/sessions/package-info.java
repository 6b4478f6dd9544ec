/** People signed in to the pages with the shop's own accounts: sessions in the database, forms that nobody forges. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"identity", "identity::accounts", "identity::tokens", "pages", "shared"})
package kr.hhplus.commerce.sessions;
