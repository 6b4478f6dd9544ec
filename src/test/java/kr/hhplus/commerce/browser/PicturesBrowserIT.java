package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.proof.shop.Call;
import kr.hhplus.commerce.proof.shop.Client;
import kr.hhplus.commerce.proof.shop.Given;
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
    private static final int RUSH = 900;
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
        browser.open("/console").waitFor("#signal", "live").click("form[action='/console/books'] button");
        browser.waitFor("#books.good").waitFor("#signal", "live");
        long deal = client.must(Call.createProduct("선착순 특가 · Rush Deal", 1_000, 2_000))
                .number("productId");
        CompletableFuture<Void> rush = CompletableFuture.runAsync(() -> rush(given, deal));
        browser.waitFor("[data-value=orders]", shown -> shown.matches("[1-9][\\d.,]*"));
        picture(browser, "console-1280");
        rush.join();
        take(browser.width(390), "/console", "console-390");
    }

    private void rush(Given given, long deal) {
        for (int i = 0; i < RUSH; i++) {
            client.must(Call.order(given.aUserWithBalance(10_000), Call.line(deal, 1 + i % 3)));
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
