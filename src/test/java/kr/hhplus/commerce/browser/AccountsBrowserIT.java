package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.browser.Barriers;
import kr.hhplus.commerce.testkit.browser.Browser;
import kr.hhplus.commerce.testkit.browser.NeedsBrowser;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** People with accounts: they sign up, pay, order, sign out, mistype their password, and come back to their things. */
@NeedsBrowser
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=true",
            "commerce.wallet.self-charge=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
            "commerce.accounts.first-admin.name=owner@shop.kr",
            "commerce.accounts.first-admin.password=" + AccountsBrowserIT.PASSWORD
        })
class AccountsBrowserIT {

    static final String PASSWORD = "Purple-Kettle-42";

    @LocalServerPort
    private int port;

    @Test
    void signsUpPaysOrdersSignsOutAndComesBack(Browser browser) {
        browser.at(port).expecting("/sign-in ").open("/shop/balance");
        assertThat(browser.path()).startsWith("/sign-in?next=");
        browser.click("main a[href^='/sign-up']")
                .type("input[name=name]", "Ann@Shop.kr")
                .type("input[name=password]", PASSWORD)
                .click("#sign-up button")
                .waitFor("#balance");
        assertThat(Barriers.on(browser)).isEmpty();

        browser.open("/").click("a.tile:has(.stock:not(.gone))").click("button[value=BUY]");
        browser.click(".summary a[href='/shop/balance']");
        browser.type("#amount", "500,000").click("form.charge button").waitFor("button[value=sandbox-approve]");
        assertThat(browser.path()).startsWith("/shop/sandbox/");
        browser.click("button[value=sandbox-approve]").waitFor(".badge.good");
        assertThat(browser.path()).startsWith("/shop/top-ups/");
        browser.click("main a.button[href='/shop/balance']").waitFor("#balance", "500,000");
        browser.open("/").click("a.tile:has(.stock:not(.gone))").click("button[value=BUY]");
        browser.click("form.order button").waitFor(".notice.good");
        String order = browser.path().replaceFirst("\\?.*", "");

        browser.click("form[action='/sign-out'] button").waitFor("a[href^='/sign-in']");
        browser.open(order);
        browser.type("input[name=name]", "ann@shop.kr")
                .type("input[name=password]", "Wrong-Kettle-42")
                .click("#sign-in button")
                .waitFor(".refused");
        assertThat(Barriers.on(browser)).isEmpty();
        browser.type("input[name=password]", PASSWORD).click("#sign-in button").waitFor("details.cancel");
        assertThat(browser.path()).isEqualTo(order);
    }

    @Test
    void worksWithoutScripts(Browser browser) {
        browser.at(port).width(1280).scripts(false).open("/account");
        browser.type("input[name=name]", "owner@shop.kr")
                .type("input[name=password]", PASSWORD)
                .click("#sign-in button")
                .waitFor("#everywhere");
        assertThat(browser.path()).isEqualTo("/account");
        browser.click("#everywhere button").waitFor("a[href^='/sign-in']");
        browser.open("/account").waitFor("#sign-in");
    }
}
