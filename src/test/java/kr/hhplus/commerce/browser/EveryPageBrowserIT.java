package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.browser.Barriers;
import kr.hhplus.commerce.testkit.browser.BrowsedShop;
import kr.hhplus.commerce.testkit.browser.Browser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What holds for every page: people can use it, it fits, and it is light. */
@BrowsedShop
class EveryPageBrowserIT {

    private static final long KILOBYTES_150 = 150 * 1024;
    private static final int PHONE = 390;
    private static final int DESK = 1280;

    @LocalServerPort
    private int port;

    private final List<Object> findings = new ArrayList<>();
    private String buyer;
    private List<String> pages;

    @BeforeEach
    void openTheShop() {
        Client client = new Client(URI.create("http://127.0.0.1:" + port));
        Given given = new Given(client);
        long user = given.aUserWithBalance(500_000);
        long product = given.aProduct().price(10_000).onSale();
        long soldOut = given.aProduct().stock(0).onSale();
        client.must(Call.issue(user, 1));
        String order = client.must(Call.order(user, Call.line(product, 2))).text("orderId");
        String topUp = client.must(Call.topUp(user, 50_000)).text("topUpId");
        String paid = client.must(Call.topUp(user, 70_000)).text("topUpId");
        client.must(Call.confirmTopUp(paid, "approve"));
        String held = client.must(Call.hold(user, 1_800, Call.line(product, 1))).text("reservationId");
        buyer = String.valueOf(user);
        pages = List.of(
                "/",
                "/?q=nothing-is-called-so",
                "/shop/products/" + product,
                "/shop/products/" + soldOut,
                "/shop/coupons",
                "/shop/coupons/1",
                "/shop/coupons/2",
                "/shop/cart",
                "/shop/checkout",
                "/shop/orders",
                "/shop/orders/" + order,
                "/shop/balance",
                "/shop/reservations/" + held,
                "/shop/top-ups/" + topUp,
                "/shop/top-ups/" + paid,
                "/shop/sandbox/" + topUp,
                "/shop/nowhere",
                "/console",
                "/console/sale?paused=true",
                "/console/campaigns",
                "/console/campaigns/new",
                "/console/campaigns/1",
                "/console/products",
                "/console/products/new",
                "/console/products/" + product,
                "/console/orders",
                "/console/orders/" + order,
                "/console/deliveries",
                "/console/audit-log",
                "/console/reconciliation",
                "/console/payments");
    }

    private Browser visitor(Browser browser) {
        return browser.at(port).having("buyer", buyer).having("cart", "1x2-3x1").expecting("/shop/nowhere ");
    }

    /** What is wrong with the page that the browser shows, as this screen shows it. */
    private void look(Browser browser, String page, int width, String colours) {
        browser.width(width).scheme(colours);
        String where = page + " at " + width + ", " + colours + ": ";
        Barriers.on(browser).forEach(barrier -> findings.add(where + barrier));
        long wide = (Long) browser.run("return document.documentElement.scrollWidth");
        if (wide > width) {
            findings.add(where + "is " + wide + " wide");
        }
        browser.complaints().forEach(complaint -> findings.add(where + complaint));
    }

    @Test
    void keepsNobodyOutOnAPhoneOrAtADesk(Browser browser) {
        visitor(browser);
        for (String page : pages) {
            browser.open(page).waitFor("main");
            look(browser, page, DESK, "dark");
            look(browser, page, PHONE, "light");
        }
        assertThat(findings).isEmpty();
    }

    /** What a page's first visit sends over the wire, in bytes: the page, and all that it loads. */
    private record Weight(long bytes, List<?> parts) {

        private static final String SCRIPT = """
                const all = ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind));
                return all.map(e => e.transferSize + ' ' + e.name);""";

        static Weight of(Browser browser) {
            List<?> parts = (List<?>) browser.run(SCRIPT);
            return new Weight(
                    parts.stream()
                            .mapToLong(part -> Long.parseLong(part.toString().split(" ")[0]))
                            .sum(),
                    parts);
        }
    }

    @Test
    void theFirstPageIsLight(Browser browser) {
        visitor(browser).open("/").waitFor("a.tile");
        Weight weight = Weight.of(browser);
        assertThat(weight.parts()).hasSizeGreaterThan(3);
        assertThat(weight.bytes()).as(weight.toString()).isBetween(5_000L, KILOBYTES_150);
    }
}
