package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.browser.BrowsedShop;
import kr.hhplus.commerce.testkit.browser.Browser;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The description of the API, as a browser shows it under the server's own security headers. */
@BrowsedShop
class ApiDescriptionBrowserIT {

    @LocalServerPort
    private int port;

    @Test
    void showsTheOperations(Browser browser) {
        browser.at(port).open("/swagger-ui.html").waitFor(".opblock-summary-path", "/orders");
        assertThat(browser.path()).startsWith("/swagger-ui");
    }
}
