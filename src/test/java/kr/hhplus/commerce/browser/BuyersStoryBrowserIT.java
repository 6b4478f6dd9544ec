package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.testkit.browser.BrowsedShop;
import kr.hhplus.commerce.testkit.browser.Browser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A buyer's whole way on the screen: money, a coupon, the cart, the order, and taking it back. */
@BrowsedShop
class BuyersStoryBrowserIT {

    private static final AtomicLong BUYERS = new AtomicLong(7_000);

    @LocalServerPort
    private int port;

    private String language;
    private boolean scripts;

    @ParameterizedTest(name = "{0} pixels, {1}, scripts: {2}")
    @CsvSource({"390, ko, true", "1280, en, true", "390, en, false"})
    void chargesTakesACouponOrdersAndCancels(int width, String spoken, boolean withScripts, Browser browser) {
        language = spoken;
        scripts = withScripts;
        browser.at(port)
                .width(width)
                .scripts(scripts)
                .having("buyer", String.valueOf(BUYERS.incrementAndGet()))
                .open("/?lang=" + language);
        assertThat(browser.text("html")).contains(language.equals("ko") ? "장바구니" : "Cart");
        assertThat(browser.run("return typeof window.htmx")).isEqualTo(scripts ? "object" : "undefined");

        charges(browser);
        takesACoupon(browser);
        long paid = orders(browser);
        assertThat(won(browser.open("/shop/balance").text("#balance"))).isEqualTo(1_000_000 - paid);
        cancels(browser);
        assertThat(won(browser.open("/shop/balance").text("#balance"))).isEqualTo(1_000_000);
        assertThat(browser.texts("table tbody tr")).hasSize(3);
    }

    private static void charges(Browser browser) {
        browser.open("/shop/balance").type("#amount", "1,000,000").click("form.charge button");
        assertThat(browser.waitFor("#balance", "1,000,000").path()).isEqualTo("/shop/balance?charged");
    }

    private void takesACoupon(Browser browser) {
        browser.open("/").click("a.ticket:has(.state.open)").click("form button[data-sells]");
        String place = browser.text(".won .place");
        assertThat(place).matches(language.equals("ko") ? ".*\\d+.*" : "\\d+(st|nd|rd|th) of [\\d,]+");
    }

    /** @return what it cost */
    private long orders(Browser browser) {
        browser.open("/").click("a.tile:has(.stock:not(.gone))");
        browser.type("#quantity", "2").click("button[value=BUY]").waitFor("form.order");
        long total = won(browser.text("#paid"));
        browser.click("label.choice:last-of-type input");
        if (!scripts) {
            browser.click("form[data-submits] button");
        }
        long saved = won(browser.waitFor("#saves").text("#saves"));
        long paid = won(browser.text("#paid"));
        assertThat(saved).isPositive();
        assertThat(paid).isEqualTo(total - saved);
        assertThat(won(browser.text("#remains"))).isEqualTo(1_000_000 - paid);

        browser.click("form.order button").waitFor(".notice.good");
        assertThat(browser.path()).matches("/shop/orders/[^/]+\\?placed=now");
        assertThat(browser.text(".summary .total b")).contains(String.format("%,d", paid));
        return paid;
    }

    private static void cancels(Browser browser) {
        browser.open("/shop/orders").click("a.card");
        browser.click("details.cancel:not(.refund) summary")
                .click("details.cancel:not(.refund) button")
                .waitFor(".badge.off");
        assertThat(browser.shows("details.cancel")).isFalse();
    }

    private static long won(String text) {
        return Long.parseLong(text.replaceAll("[^0-9]", ""));
    }
}
