package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A purchase limit counts what was bought before it was set. */
@OnDatabase
@ServedShop
class PurchaseLimitSetLaterModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Quotes quotes;

    @Autowired
    private PlatformTransactionManager transactions;

    PurchaseLimitSetLaterModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @AfterEach
    void theBooksAreRight() {
        JsonNode audit = client.must(Call.get("/admin/audit")).json();
        assertThat(audit.get("ok").booleanValue()).as(audit.toString()).isTrue();
    }

    private String state(long product) {
        return jdbc.queryForObject("SELECT purchase_counting FROM product WHERE id = ?", String.class, product);
    }

    private void awaitCounted(long product) {
        await().until(() -> state(product).equals("COUNTED"));
    }

    private void refused(long user, long product, long required, long available) {
        Reply reply = client.send(Call.order(user, Call.line(product, required)));
        assertThat(reply.is("PURCHASE_LIMIT_EXCEEDED")).as(reply.toString()).isTrue();
        assertThat(reply.number("available")).isEqualTo(available);
        assertThat(quotes.quote(user, Map.of(product, required), null).refusal())
                .isInstanceOf(OrderRefusal.PurchaseLimitExceeded.class);
    }

    @Test
    void countsEarlierOrdersAndTheirCancellations() {
        long product = given.aProduct().price(1).onSale();
        long user = given.aUserWithBalance(1_000);
        String first = client.must(Call.order(user, Call.line(product, 3))).text("orderId");
        String cancelled = client.must(Call.order(user, Call.line(product, 5))).text("orderId");
        client.must(Call.order(user, Call.line(product, 2)));
        client.must(Call.cancel(cancelled));

        client.must(Call.limitPurchases(product, 6L));
        awaitCounted(product);

        refused(user, product, 2, 1);
        client.must(Call.order(user, Call.line(product, 1)));
        refused(user, product, 1, 0);
        client.must(Call.cancel(first));
        refused(user, product, 4, 3);
        client.must(Call.order(user, Call.line(product, 3)));
        client.must(Call.order(given.aUserWithBalance(6), Call.line(product, 6)));
    }

    @Test
    void bindsAtOnceWhereNothingWasSoldYet() {
        long product = given.aProduct().price(1).stock(10).onSale();
        long user = given.aUserWithBalance(1_000);
        client.must(Call.changeStock(product, 5));
        client.must(
                Call.cancel(client.must(Call.order(user, Call.line(product, 1))).text("orderId")));

        client.must(Call.limitPurchases(product, 2L));

        assertThat(state(product)).isEqualTo("COUNTED");
        refused(user, product, 3, 2);
    }

    @Test
    void countsWhatWasBoughtWhileItWasRemoved() {
        long product = given.aProduct().price(1).onSale();
        long user = given.aUserWithBalance(1_000);
        client.must(Call.limitPurchases(product, 2L));
        client.must(Call.order(user, Call.line(product, 2)));
        client.must(Call.limitPurchases(product, null));
        client.must(Call.order(user, Call.line(product, 4)));

        client.must(Call.limitPurchases(product, 7L));

        refused(user, product, 2, 1);
    }

    @Test
    void doesNotRefuseWhileEarlierOrdersAreBeingCountedAndMissesNoneOfThatTime() {
        long product = given.aProduct().price(1).onSale();
        long user = given.aUserWithBalance(1_000);
        long other = given.aUserWithBalance(1_000);
        client.must(Call.order(other, Call.line(product, 4)));
        String before = client.must(Call.order(user, Call.line(product, 3))).text("orderId");
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            // The scan waits at this row.
            jdbc.update("INSERT INTO purchase_count VALUES (?, ?, 0)", other, product);
            client.must(Call.limitPurchases(product, 2L));
            client.must(Call.order(user, Call.line(product, 5)));
            client.must(Call.cancel(before));
            assertThat(quotes.quote(user, Map.of(product, 1L), null).refusal()).isNull();
            assertThat(state(product)).isEqualTo("COUNTING");
            status.setRollbackOnly();
        });
        awaitCounted(product);

        refused(user, product, 1, 0);
        refused(other, product, 1, 0);
        assertThat(jdbc.queryForObject(
                        "SELECT quantity FROM purchase_count WHERE user_id = ? AND product_id = ?",
                        Long.class,
                        user,
                        product))
                .isEqualTo(5);
    }

    /** The statements that docs/operations.md gives the operator. */
    @Test
    void isCountedAnewWhenTheOperatorAsksForIt() throws Exception {
        long product = given.aProduct().price(1).onSale();
        long user = given.aUserWithBalance(1_000);
        client.must(Call.limitPurchases(product, 5L));
        client.must(Call.order(user, Call.line(product, 3)));
        String held = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        jdbc.update("UPDATE purchase_count SET quantity = 0 WHERE user_id = ?", user);
        assertThat(client.must(Call.get("/admin/audit")).json().get("ok").booleanValue())
                .isFalse();

        String guide = Files.readString(Path.of("docs", "operations.md"));
        String sql = guide.substring(guide.indexOf("UPDATE product SET purchase_counting"));
        List<String> statements = Stream.of(sql.substring(0, sql.indexOf("```")).split(";"))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty() && !statement.equals("COMMIT"))
                .toList();
        assertThat(statements).hasSize(5);
        new TransactionTemplate(transactions).executeWithoutResult(status -> statements.forEach(jdbc::execute));
        awaitCounted(product);

        refused(user, product, 2, 1);
        client.must(Call.release(held));
        refused(user, product, 3, 2);
    }
}
