package kr.hhplus.commerce.auditlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The trail as an operator reads it: every change by hand once, in its own transaction, and nothing secret. */
@OnDatabase
@ServedShop
class AuditLogModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private AuditLog auditLog;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcAuditLog rows;

    @Autowired
    private FailedSignInPurger purger;

    private final int port;

    AuditLogModuleTests(@LocalServerPort int port) {
        this.port = port;
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private List<JsonNode> entries(String query) {
        Call call = Call.get("/admin/trail?size=100" + query);
        JsonNode items = client.must(call).checkedAgainst(call).json().get("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private List<JsonNode> about(String what) {
        return entries("").stream()
                .filter(entry -> entry.get("what").asText().equals(what))
                .toList();
    }

    private static String fact(JsonNode entry, String name, String field) {
        for (JsonNode fact : entry.get("facts")) {
            if (fact.get("name").asText().equals(name)) {
                return fact.path(field).asText(null);
            }
        }
        return null;
    }

    @Test
    void writesDownWhatIsDoneToAProduct() {
        long product = given.aProduct().price(900).stock(10).onSale();
        Call stock = Call.changeStock(product, 5).withKey("trail-" + product);
        client.must(stock);
        assertThat(client.must(stock).replayed()).isTrue();
        client.must(Call.changePrice(product, 800));
        assertThat(client.send(Call.changeStock(product, -1_000)).code()).isEqualTo("INSUFFICIENT_STOCK");

        List<JsonNode> entries = about("product " + product);
        assertThat(entries)
                .extracting(entry -> entry.get("kind").asText())
                .containsExactly("PRODUCT_CHANGED", "STOCK_ADJUSTED", "PRODUCT_CREATED");
        assertThat(entries).allMatch(entry -> entry.get("who").asText().equals("local"));
        assertThat(entries.get(0).get("facts")).hasSize(1);
        assertThat(fact(entries.get(0), "price", "before")).isEqualTo("900");
        assertThat(fact(entries.get(0), "price", "value")).isEqualTo("800");
        assertThat(fact(entries.get(1), "delta", "value")).isEqualTo("5");
        assertThat(fact(entries.get(1), "stock", "value")).isEqualTo("15");
        assertThat(fact(entries.get(1), "reason", "value")).isEqualTo("counted again");
    }

    @Test
    void writesDownCampaignsTheSwitchAndReplays() {
        long campaign = given.aCampaign(100, 5);
        client.must(new Call("PATCH", "/admin/campaigns/" + campaign, Map.of("paused", true), null));
        assertThat(about("campaign " + campaign))
                .extracting(entry -> entry.get("kind").asText())
                .containsExactly("CAMPAIGN_CHANGED", "CAMPAIGN_CREATED");

        client.must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", true, "message", "Back at noon"), null));
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
        List<JsonNode> switches = entries("&kind=SALE_SWITCHED");
        assertThat(fact(switches.get(0), "paused", "value")).isEqualTo("false");
        assertThat(fact(switches.get(0), "paused", "before")).isEqualTo("true");
        assertThat(fact(switches.get(0), "message", "before")).isEqualTo("Back at noon");
        assertThat(fact(switches.get(1), "message", "value")).isEqualTo("Back at noon");
        assertThat(fact(switches.get(1), "paused", "value")).isEqualTo("true");

        String replay = client.must(Call.post("/admin/deliveries/replay", Map.of("from", "2020-01-01T00:00:00Z")))
                .text("replayId");
        assertThat(about("replay " + replay)).hasSize(1);
    }

    @Test
    void leavesOutWhatUsersDoForThemselves() {
        long user = given.aUserWithBalance(1_000);
        assertThat(about("user " + user)).isEmpty();
    }

    @Test
    void isFoundByKindByWhoAndByTime() {
        auditLog.write(AuditLogAction.SIGNED_IN, "user 4711", "session", Map.of("address", "192.0.2.1"));
        auditLog.write(AuditLogAction.SIGN_IN_FAILED, "user 4711", "session", Map.of());
        List<JsonNode> both = entries("&who=user%204711");
        assertThat(both).hasSize(2);
        assertThat(entries("&who=user%204711&kind=SIGNED_IN")).containsExactly(both.get(1));
        String first = both.get(1).get("at").asText();
        assertThat(entries("&who=user%204711&from=" + first)).hasSize(2);
        assertThat(entries("&who=user%204711&to=" + first)).isEmpty();
        assertThat(entries("&who=user%204711&from=2999-01-01T00:00:00Z")).isEmpty();
        assertThat(entries("&who=user%204711&from=9999-01-01T00:00:00Z")).isEmpty();
        assertThat(client.send(Call.get("/admin/trail?from=yesterday")).code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void isReadPageByPage() {
        for (int i = 0; i < 5; i++) {
            auditLog.write(AuditLogAction.SIGNED_IN, "user 4712", "session " + i, Map.of());
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Reply page = client.must(Call.get("/admin/trail?who=user%204712&size=2&cursor=" + cursor));
            page.json().get("items").forEach(entry -> seen.add(entry.get("what").asText()));
            cursor = page.json().get("nextCursor").asText("");
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        assertThat(seen).containsExactly("session 4", "session 3", "session 2", "session 1", "session 0");
    }

    @Test
    void goesBackWithTheTransactionThatItBelongsTo() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            auditLog.write(AuditLogAction.STOCK_ADJUSTED, "user 4713", "product 1", Map.of());
            status.setRollbackOnly();
        });
        assertThat(entries("&who=user%204713")).isEmpty();
    }

    @Test
    void holdsNoSecrets() {
        for (String name : List.of("password", "newPassword", "refreshToken", "client_secret", "Authorization")) {
            assertThatThrownBy(() -> auditLog.write(AuditLogAction.SIGNED_IN, "user 1", "session", Map.of(name, "x")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl";
        auditLog.write(AuditLogAction.SIGN_IN_FAILED, "login " + jwt, "Bearer abc.def", Map.of("why", "sent " + jwt));
        JsonNode entry = entries("&kind=SIGN_IN_FAILED").get(0);
        assertThat(entry.toString()).doesNotContain("eyJ", "abc.def").contains("login ***", "sent ***");
    }

    @Test
    void cutsWhatIsTooLongBetweenCharacters() {
        String smile = "\uD83D\uDE00";
        auditLog.write(AuditLogAction.SIGN_IN_FAILED, "x" + smile.repeat(300), "session", Map.of());
        JsonNode entry = entries("&kind=SIGN_IN_FAILED").get(0);
        assertThat(entry.get("who").asText()).isEqualTo("x" + smile.repeat(99));
    }

    @Test
    void writesDownOnceWhoCancelledAnOrderInTheConsole() {
        long user = given.aUserWithBalance(5_000);
        long product = given.aProduct().price(900).stock(10).onSale();
        String order = client.must(Call.order(user, Call.line(product, 2))).text("orderId");
        Visit operator = new Visit(port, "en");
        for (int i = 0; i < 2; i++) {
            operator.post("/console/orders/" + order + "/cancel", Map.of("key", "cancel-" + order));
        }
        List<JsonNode> entries = about("order " + order);
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("kind").asText()).isEqualTo("ORDER_CANCELLED");
        assertThat(entries.get(0).get("who").asText()).isEqualTo("local");
        assertThat(fact(entries.get(0), "user", "value")).isEqualTo(String.valueOf(user));
        assertThat(fact(entries.get(0), "refunded", "value")).isEqualTo("1800");
    }

    @Test
    void leavesOutOrdersThatUsersCancelThemselves() {
        long user = given.aUserWithBalance(5_000);
        long product = given.aProduct().price(900).stock(10).onSale();
        String order = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        client.must(Call.cancel(order));
        assertThat(about("order " + order)).isEmpty();
    }

    @Test
    void keepsFailedSignInsForTheirRetentionAndEverythingElseForGood() {
        Instant now = Instant.now();
        for (AuditLogAction kind : AuditLogAction.values()) {
            for (long days : new long[] {91, 89}) {
                long id = Ids.firstOf(now.minus(Duration.ofDays(days))) + kind.ordinal();
                rows.insert(id, kind, "user 4714", "some days ago", List.of());
            }
        }
        for (int i = 0; i < 2_500; i++) {
            long id = Ids.firstOf(now.minus(Duration.ofDays(95))) + i;
            rows.insert(id, AuditLogAction.SIGN_IN_FAILED, "user 4714", "very many", List.of());
        }
        purger.purge();
        List<JsonNode> left = entries("&who=user%204714");
        assertThat(left).hasSize(2 * AuditLogAction.values().length - 1);
        assertThat(entries("&who=user%204714&kind=SIGN_IN_FAILED")).hasSize(1);
    }

    @Test
    void hasNoStatementThatChangesAnEntryAndDeletesFailedSignInsAlone() throws IOException {
        List<Path> writing = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .replace("DELETE FROM trail WHERE kind = 'SIGN_IN_FAILED' AND id < ?", "");
                assertThat(text)
                        .as(file.toString())
                        .doesNotContainPattern("(?i)(update|delete\\s+from|truncate)\\s+trail");
                if (text.contains("INSERT INTO trail")) {
                    writing.add(file.getFileName());
                }
            }
        }
        assertThat(writing).containsExactly(Path.of("JdbcAuditLog.java"));
    }
}
