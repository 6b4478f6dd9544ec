package kr.hhplus.commerce.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What an operator looks at, and the forms that are rarely needed. */
@ServedShop
class ConsolePagesModuleTests {

    private final Client client;
    private final Given given;
    private final Visit operator;
    private final Visit korean;

    ConsolePagesModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
        operator = new Visit(port, "en");
        korean = new Visit(port, "ko");
    }

    @Test
    void sendsEventsAgain() {
        long user = given.aUserWithBalance(1_000);
        client.must(Call.order(user, Call.line(given.aProduct().price(1).onSale(), 1)));
        Map<String, String> form =
                Map.of("key", operator.get("/console/deliveries").key(), "from", "", "time", "");
        assertThat(operator.post("/console/deliveries/replay", form).body()).contains("must not be blank");
        assertThat(operator.post("/console/deliveries/replay", Map.of("key", form.get("key"), "from", "nonsense"))
                        .body())
                .contains("must be the id of an existing event", "value=\"nonsense\"");
        assertThat(operator.post(
                                "/console/deliveries/replay",
                                Map.of("key", form.get("key"), "time", "2020-01-01T00:00"))
                        .location())
                .isEqualTo("/console/deliveries?done=replay");
        assertThat(operator.get("/console/audit-log?kind=REPLAY_STARTED").body())
                .contains("replay started");
    }

    @Test
    void runsReconciliation() {
        assertThat(operator.post("/console/reconciliation", Map.of()).location())
                .isEqualTo("/console/reconciliation");
        assertThat(operator.get("/console/reconciliation").body())
                .contains(
                        "consistent",
                        "I1-stock-not-negative",
                        "feed-without-gaps",
                        "Top-ups equal balances plus net payments");
        assertThat(korean.get("/console/reconciliation").body()).contains("일치");
    }

    @Test
    void everyPageIsWholeInBothLanguages() {
        given.aCampaign(1, 1);
        given.aProduct().onSale();
        for (String page :
                "console campaigns campaigns/new products products/new orders deliveries audit-log reconciliation sale"
                        .split(" ")) {
            String path = page.equals("console") ? "/console" : "/console/" + page;
            for (Visit browser : new Visit[] {operator, korean}) {
                Reply shown = browser.get(path);
                assertThat(shown.status()).as(path).isEqualTo(200);
                assertThat(shown.body())
                        .as(path)
                        .contains("</html>")
                        .doesNotContain("??console", "style=\"", "onclick");
            }
        }
    }
}
