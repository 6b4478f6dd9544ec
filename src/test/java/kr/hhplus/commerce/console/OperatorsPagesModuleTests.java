package kr.hhplus.commerce.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.console.Browser.Page;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.ServedShop;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an operator looks at, and the forms that are rarely needed. */
@ServedShop
class OperatorsPagesModuleTests {

    private final Client client;
    private final Given given;
    private final Browser operator;
    private final Browser korean;

    OperatorsPagesModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
        operator = new Browser(port, "en");
        korean = new Browser(port, "ko");
    }

    @Test
    void sendsEventsAgain() {
        long user = given.aUserWithBalance(1_000);
        client.must(Call.order(user, Call.line(given.aProduct().price(1).onSale(), 1)));
        Map<String, String> form =
                Map.of("key", operator.open("/console/deliveries").key(), "from", "", "time", "");
        assertThat(operator.send("/console/deliveries/replay", form).html()).contains("must not be blank");
        assertThat(operator.send("/console/deliveries/replay", Map.of("key", form.get("key"), "from", "nonsense"))
                        .html())
                .contains("must be the id of an existing event", "value=\"nonsense\"");
        assertThat(operator.send(
                                "/console/deliveries/replay",
                                Map.of("key", form.get("key"), "time", "2020-01-01T00:00"))
                        .location())
                .isEqualTo("/console/deliveries?done=replay");
        assertThat(operator.open("/console/audit-log?kind=REPLAY_STARTED").html())
                .contains("replay started");
    }

    @Test
    void runsReconciliation() {
        assertThat(operator.send("/console/reconciliation", Map.of()).location())
                .isEqualTo("/console/reconciliation");
        assertThat(operator.open("/console/reconciliation").html())
                .contains(
                        "consistent",
                        "I1-stock-not-negative",
                        "feed-without-gaps",
                        "Top-ups equal balances plus net payments");
        assertThat(korean.open("/console/reconciliation").html()).contains("일치");
    }

    @Test
    void everyPageIsWholeInBothLanguages() {
        given.aCampaign(1, 1);
        given.aProduct().onSale();
        for (String page :
                "console campaigns campaigns/new products products/new orders deliveries audit-log reconciliation sale"
                        .split(" ")) {
            String path = page.equals("console") ? "/console" : "/console/" + page;
            for (Browser browser : new Browser[] {operator, korean}) {
                Page shown = browser.open(path);
                assertThat(shown.status()).as(path).isEqualTo(200);
                assertThat(shown.html())
                        .as(path)
                        .contains("</html>")
                        .doesNotContain("??console", "style=\"", "onclick");
            }
        }
    }
}
