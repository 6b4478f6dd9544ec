package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.browser.BrowsedShop;
import kr.hhplus.commerce.testkit.browser.Browser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Two people at two browsers want the last piece, and what happens to it shows on pages that are open already. */
@BrowsedShop
class LastUnitBrowserIT {

    @LocalServerPort
    private int port;

    private Client client;
    private Given given;

    @BeforeEach
    void connect() {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private Browser buyer(Browser browser) {
        return browser.at(port).having("buyer", String.valueOf(given.aUserWithBalance(50_000)));
    }

    @Test
    void sellsItToExactlyOne(Browser one, Browser other) {
        long product = given.aProduct().price(30_000).stock(1).onSale();
        List<Browser> both = List.of(buyer(one), buyer(other));
        both.forEach(browser -> browser.expecting("/shop/checkout ")
                .open("/shop/products/" + product)
                .click("button[value=BUY]")
                .waitFor("form.order button"));
        CompletableFuture.allOf(both.stream()
                        .map(browser -> CompletableFuture.runAsync(
                                () -> browser.click("form.order button").waitFor(".notice.good, .notice.refused")))
                        .toArray(CompletableFuture[]::new))
                .join();
        assertThat(Stream.of(one, other).filter(browser -> browser.shows(".notice.good")))
                .hasSize(1);
        assertThat(Stream.of(one, other).filter(browser -> browser.shows(".notice.refused")))
                .hasSize(1);
        assertThat(client.must(Call.product(product)).number("stock")).isZero();
    }

    @Test
    void showsThatItIsGoneOnAPageThatIsOpen(Browser looking) {
        long product = given.aProduct().price(30_000).stock(1).onSale();
        String stock = "[data-stock='" + product + "']";
        buyer(looking).open("/shop/products/" + product).waitFor(stock);
        assertThat(looking.shows("button[value=BUY]:enabled")).isTrue();
        client.must(Call.order(given.aUserWithBalance(50_000), Call.line(product, 1)));
        looking.waitFor(stock + ".gone").waitFor("button[value=BUY]:disabled");
    }
}
