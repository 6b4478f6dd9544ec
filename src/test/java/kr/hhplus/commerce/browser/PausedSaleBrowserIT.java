package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.browser.BrowsedShop;
import kr.hhplus.commerce.testkit.browser.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The operator stops the sale at the console, and a buyer sees it on the page that is open, without a reload. */
@BrowsedShop
class PausedSaleBrowserIT {

    private static final String BUY = "button[value=BUY]";
    private static final String YES = "form[action='/console/sale'][method='post'] button";

    @LocalServerPort
    private int port;

    @AfterEach
    void sellOn() {
        new Client(URI.create("http://127.0.0.1:" + port))
                .must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
    }

    @Test
    void showsAtOnceToWhoeverLooks(Browser operator, Browser buyer) {
        buyer.at(port).open("/shop/products/1?lang=en").waitFor(BUY + ":enabled");
        buyer.run("window.loadedOnce = true");
        operator.at(port).width(1280).open("/console?lang=en");
        operator.type(".switch input[name=message]", "Back at noon").follow("#switch-button");
        assertThat(operator.path()).startsWith("/console/sale?");
        operator.follow(YES).waitFor("#sale-message", "Back at noon");

        buyer.waitFor("#sale .message", "Back at noon").waitFor(BUY + ":disabled");
        operator.follow("#switch-button").follow(YES).waitFor("#switch-button");
        buyer.waitFor(BUY + ":enabled");
        assertThat(buyer.shows("#sale")).isFalse();
        assertThat(buyer.run("return window.loadedOnce")).isEqualTo(true);
    }

    @Test
    void keepsTheConsoleAlive(Browser operator) {
        operator.at(port).width(1280).open("/console?lang=en").waitFor("#signal", "live");
        assertThat(operator.text("#clock")).matches("\\d\\d:\\d\\d:\\d\\d");
        operator.click("form[action='/console/reconciliation'] button").waitFor("#reconciliation.good");
    }
}
