package kr.hhplus.commerce.console.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.LiveStream;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** The console's first page and its stream, while buyers buy. Meters are read as Prometheus would read them. */
@ContextConfiguration(initializers = FreshDatabase.class)
@AutoConfigureObservability(tracing = false)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "commerce.sample-data=false")
class DashboardModuleTests {

    private final int port;
    private final Client client;
    private final Given given;

    DashboardModuleTests(@LocalServerPort int port) {
        this.port = port;
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private static JsonNode await(LiveStream console, Predicate<JsonNode> wanted) {
        JsonNode sample = console.next("sample").json();
        while (!wanted.test(sample)) {
            sample = console.next("sample").json();
        }
        return sample;
    }

    @Test
    void tellsWhatSellsHowFastAndWhatIsRefused() {
        long product = given.aProduct().price(10).stock(2).onSale();
        long campaign = given.aCampaign(1, 5);
        long user = given.aUserWithBalance(1_000);
        try (LiveStream console = new LiveStream(port, "/console/live")) {
            assertThat(console.next().name()).isEqualTo("history");
            console.next("sample");
            client.must(Call.issue(user, campaign));
            client.must(Call.order(user, Call.line(product, 2)));
            JsonNode sold = await(console, sample -> sample.path("orders").asDouble() > 0);
            assertThat(sold.get("p50").asDouble()).isPositive();
            assertThat(sold.get("p99").asDouble())
                    .isGreaterThanOrEqualTo(sold.get("p50").asDouble());
            assertThat(sold.get("batch").asDouble()).isEqualTo(1);
            assertThat(sold.at("/campaigns/" + campaign).asLong()).isEqualTo(4);
            JsonNode hot = await(console, sample -> sample.path("hot").size() > 0)
                    .get("hot")
                    .get(0);
            assertThat(hot.get("id").asLong()).isEqualTo(product);
            assertThat(hot.get("stock").asLong()).isZero();
            client.send(Call.order(user, Call.line(product, 1)));
            JsonNode refused = await(console, sample -> sample.path("refusals").size() > 0);
            assertThat(refused.at("/refusals/INSUFFICIENT_STOCK").asDouble()).isPositive();
            assertThat(refused.at("/services/0/role").asText()).isEqualTo("database");
            assertThat(refused.at("/services/0/up").asBoolean()).isTrue();
            assertThat(refused.at("/delivery/sink").asText()).isEqualTo("file");
            assertThat(refused.at("/listeners").asLong()).isEqualTo(1);
        }
    }

    @Test
    void showsThePausedSaleAndTheReconciliation() {
        Visit operator = new Visit(port, "en");
        try (LiveStream console = new LiveStream(port, "/console/live")) {
            console.next("sample");
            client.must(new Call("PUT", "/admin/sale", Map.of("paused", true, "message", "soon"), null));
            JsonNode paused = await(console, sample -> sample.at("/sale/paused").asBoolean());
            assertThat(paused.at("/sale/message").asText()).isEqualTo("soon");
            client.must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
            assertThat(operator.post("/console/reconciliation", Map.of("next", "/console"))
                            .location())
                    .isEqualTo("/console");
            assertThat(await(console, sample -> sample.has("reconciliation"))
                            .at("/reconciliation/ok")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void showsThePauseOnTheNextPage() {
        Visit operator = new Visit(port, "en");
        try (LiveStream console = new LiveStream(port, "/console/live")) {
            console.next("sample");
            operator.post("/console/sale", Map.of("paused", "true", "message", "Back at noon"));
            assertThat(operator.get("/console").body()).contains("id=\"sale-message\">Back at noon");
            operator.post("/console/sale", Map.of("paused", "false"));
            assertThat(operator.get("/console").body()).doesNotContain("id=\"sale-message\">Back at noon");
        }
    }

    @Test
    void aReloadShowsTheMinutesBefore() {
        try (LiveStream console = new LiveStream(port, "/console/live")) {
            console.next("sample");
            console.next("sample");
        }
        try (LiveStream reloaded = new LiveStream(port, "/console/live")) {
            assertThat(reloaded.next().json().size()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void thePageShowsThisSecondWithoutAnyScript() {
        given.aCampaign(1, 77);
        String english = new Visit(port, "en").get("/console").body();
        assertThat(english)
                .contains("On sale", "are those of this instance", "of 77 left")
                .doesNotContain("??", "<script>");
        assertThat(new Visit(port, "ko").get("/console").body())
                .contains("판매 중", "초당 주문")
                .doesNotContain("??");
    }
}
