package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

/** Charging on the page, and the history below it. */
@ServedShop
class BalancePageModuleTests {

    private static final String BALANCE = "/shop/balance";

    private final int port;
    private final Given given;
    private Visit visit;

    BalancePageModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.given = new Given(new Client(URI.create("http://127.0.0.1:" + port)));
    }

    @BeforeEach
    void aBuyer() {
        visit = Visit.asUser(port, given.aUser(), "en");
    }

    private Reply charge(String amount) {
        return visit.submit(visit.get(BALANCE), BALANCE, Map.of("amount", amount));
    }

    @Test
    void chargesWhatIsTypedAsPeopleTypeIt() {
        for (String amount : new String[] {"50000", "50,000", " 50 000 ", "050000"}) {
            assertThat(charge(amount).status()).as(amount).isEqualTo(303);
        }
        assertThat(visit.get(BALANCE).text()).contains("Balance ₩200,000").contains("Top-up +₩50,000 ₩200,000");
    }

    @Test
    void aSecondClickChargesNothingMore() {
        Reply page = visit.get(BALANCE);
        for (int click = 0; click < 3; click++) {
            assertThat(visit.submit(page, BALANCE, Map.of("amount", "7000")).status())
                    .isEqualTo(303);
        }
        assertThat(visit.get(BALANCE).text()).contains("Balance ₩7,000");
        Reply other = visit.submit(page, BALANCE, Map.of("amount", "8000"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.tag("id=\"amount\"")).contains("value=\"8000\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-5", "1.5", "much", "<b>9</b>", "10000001", "999999999999999999999", "٣"})
    void refusesWhatIsNoAmountAndKeepsIt(String amount) {
        Reply page = charge(amount);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("Check your input");
        assertThat(page.tag("id=\"amount\"")).contains("value=\"" + HtmlUtils.htmlEscape(amount) + "\"");
        assertThat(visit.get(BALANCE).text()).contains("No transactions yet.");
    }

    @Test
    void refusesMoreThanABalanceHolds() {
        for (int i = 0; i < 10; i++) {
            charge("10000000");
        }
        Reply page = charge("1");
        assertThat(page.status()).isEqualTo(409);
        assertThat(page.text()).contains("Balance limit exceeded").contains("Balance ₩100,000,000");
    }

    @Test
    void showsOldMovementsPageByPage() {
        for (int i = 1; i <= 21; i++) {
            charge("" + i);
        }
        Reply first = visit.get(BALANCE);
        assertThat(first.text()).contains("+₩21 ").doesNotContain("+₩1 ");
        String more = first.tag(BALANCE + "?cursor=");
        Reply second = visit.get(HtmlUtils.htmlUnescape(more.replaceAll(".*href=\"([^\"]*)\".*", "$1")));
        assertThat(second.text()).contains("+₩1 ").doesNotContain("+₩21 ");
    }
}
