package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.browser.BrowsedShop;
import kr.hhplus.commerce.testkit.browser.Browser;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Takes the pictures of the documentation anew: {@code -Dscreenshots=true}. */
@BrowsedShop
@EnabledIfSystemProperty(named = "screenshots", matches = "true", disabledReason = "pictures: -Dscreenshots=true")
class PicturesBrowserIT {

    private static final Path IMAGES = Path.of("docs", "images");
    private static final long BYTES_MAX = 150 * 1024;
    private static final int CROWD = 12;
    private static final int BUYERS = 4;
    private static final Duration RUSH = Duration.ofSeconds(50);
    private static final long BUYER = 7;

    @LocalServerPort
    private int port;

    private Client client;

    @Test
    void ofShopAndConsole(Browser browser) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        Given given = new Given(client);
        someOrders(given);
        client.must(Call.charge(BUYER, 1_000_000));
        client.must(Call.issue(BUYER, 1));
        long soon = client.must(opensSoon()).number("campaignId");
        browser.at(port).having("buyer", String.valueOf(BUYER));
        for (int width : new int[] {390, 1280}) {
            String language = width == 390 ? "ko" : "en";
            browser.width(width).having("lang", language);
            take(browser, "/", "shop-home-" + width);
            take(browser, "/shop/products/24", "shop-product-" + width);
            take(browser, "/shop/coupons/1", "shop-coupon-" + width);
            take(browser, "/shop/coupons/" + soon, "shop-countdown-" + width);
            browser.open("/shop/products/7").type("#quantity", "2").click("button[value=BUY]");
            browser.click("label.choice:last-of-type input").waitFor("#paid");
            picture(browser, "shop-checkout-" + width);
            if (width == 1280) {
                browser.click("form.order button").waitFor(".notice.good");
                picture(browser, "shop-order-" + width);
            }
        }
        take(browser.width(1280), "/console/campaigns", "console-campaigns-1280");
        browser.open("/console").waitFor("#signal", "live").click("form[action='/console/reconciliation'] button");
        browser.waitFor("#reconciliation.good").waitFor("#signal", "live");
        try (Rush rush = new Rush(given)) {
            browser.waitFor("[data-value=orders]", shown -> shown.matches("[1-9][\\d.,]*"));
            rush.lasts(RUSH);
            picture(browser, "console-1280");
            take(browser.width(390), "/console", "console-390");
        }
    }

    /** Buyers without end: of a deal that lasts, of one that is soon gone, and of coupons. */
    private final class Rush implements AutoCloseable {

        private final ExecutorService buyers = Executors.newFixedThreadPool(BUYERS);
        private volatile boolean over;

        Rush(Given given) {
            long deal = client.must(Call.createProduct("선착순 특가 · Rush Deal", 1_000, 100_000))
                    .number("productId");
            long rare = client.must(Call.createProduct("한정판 · Last Pieces", 1_000, 3_000))
                    .number("productId");
            long coupons = given.aCampaign(500, 6_000);
            for (int buyer = 0; buyer < BUYERS; buyer++) {
                buyers.execute(() -> buy(given, deal, rare, coupons));
            }
        }

        private void buy(Given given, long deal, long rare, long coupons) {
            for (int i = 0; !over; i++) {
                long user = given.aUserWithBalance(10_000);
                client.send(Call.order(user, Call.line(i % 3 == 0 ? rare : deal, 1 + i % 3)));
                if (i % 4 == 0) {
                    client.send(Call.issue(user, coupons));
                }
            }
        }

        void lasts(Duration time) {
            Awaitility.await().pollDelay(time).atMost(time.multipliedBy(2)).until(() -> true);
        }

        @Override
        public void close() {
            over = true;
            buyers.shutdown();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(buyers::isTerminated);
        }
    }

    private void someOrders(Given given) {
        for (int i = 0; i < CROWD; i++) {
            long user = given.aUserWithBalance(500_000);
            client.must(Call.order(user, Call.line(1 + i % 6, 1 + i % 3), Call.line(6, 2)));
        }
    }

    private static Call opensSoon() {
        Instant start = Instant.now().plusSeconds(3_600);
        return Call.post(
                "/admin/campaigns",
                new TreeMap<>(Map.of(
                        "name",
                        "정오의 쿠폰 · Noon Coupon",
                        "discount",
                        Map.of("type", "PERCENT", "value", 20, "maxAmount", 10_000),
                        "minOrderAmount",
                        20_000,
                        "totalQuantity",
                        500,
                        "startsAt",
                        start.toString(),
                        "endsAt",
                        start.plusSeconds(3_600).toString(),
                        "couponValidDays",
                        7)));
    }

    private static void take(Browser browser, String path, String name) {
        browser.open(path).waitFor("main");
        picture(browser, name);
    }

    private static void picture(Browser browser, String name) {
        Path file = IMAGES.resolve(name + ".png");
        browser.picture(file);
        assertThat(file.toFile().length()).as(name).isBetween(1_000L, BYTES_MAX);
    }
}
