package kr.hhplus.commerce.groupcommit;

import static kr.hhplus.commerce.groupcommit.ForeignLocks.replyOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A session of somebody else holds a row for longer than commands may wait. Four writers for each queue. */
@OnDatabase
@ServedShop
@TestPropertySource(
        properties = {
            "commerce.group-commit.writers=4",
            "commerce.group-commit.deadline=3s",
            "commerce.group-commit.idle-transaction-max=60s"
        })
class ForeignLockUntilTheDeadlineModuleTests {

    @DynamicPropertySource
    static void waitBriefly(DynamicPropertyRegistry settings) {
        ForeignLocks.waitBriefly(settings);
    }

    private final Client client;
    private final Given given;
    private final ForeignLocks stranger;

    ForeignLockUntilTheDeadlineModuleTests(
            @LocalServerPort int port, @Autowired DataSource database, @Autowired MeterRegistry meters) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
        stranger = new ForeignLocks(database, client, meters);
    }

    private static void assertRowLocked(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("ROW_LOCKED");
        assertThat(reply.headers()).containsKey("Retry-After");
    }

    @Test
    void isToldByNameAndHasNoEffect() throws Exception {
        long held = given.aProduct().stock(5).onSale();
        long free = given.aProduct().onSale();
        long user = given.aUserWithBalance(10_000);
        stranger.whileHolding("SELECT id FROM product WHERE id = ? FOR UPDATE", held, () -> {
            CompletableFuture<Reply> late =
                    client.sendAsync(Call.order(user, Call.line(held, 1)).withKey("late"));
            stranger.awaitSetAside("order", 1);
            for (long other : given.usersWithBalance(20, 10_000)) {
                client.must(Call.order(other, Call.line(free, 1)));
            }
            assertRowLocked(replyOf(late));
        });
        Reply again = client.must(Call.order(user, Call.line(held, 1)).withKey("late"));
        assertThat(again.replayed()).isFalse();
        assertThat(client.must(Call.product(held)).number("stock")).isEqualTo(4);
        stranger.reconcile();
    }

    /** It has no queue, and is answered after one lock wait. */
    @Test
    void isToldByNameWhereTheOperatorSwitchesTheSale() throws Exception {
        Call resume = new Call("PUT", "/admin/sale", Map.of("paused", false, "message", ""), null);
        stranger.whileHolding(
                "SELECT id FROM sale WHERE id = ? FOR UPDATE", 1, () -> assertRowLocked(client.send(resume)));
        client.must(resume);
    }

    /** An order without its event does not exist, so no order can be placed; every other command can. */
    @Test
    void stopsAllOrdersWhereItIsTheHeadOfTheEventLog() throws Exception {
        long product = given.aProduct().onSale();
        long[] users = given.usersWithBalance(3, 10_000);
        long campaign = given.aCampaign(100, 10);
        stranger.whileHolding("SELECT id FROM feed_head WHERE id = ? FOR UPDATE", 1, () -> {
            CompletableFuture<Reply> first = client.sendAsync(Call.order(users[0], Call.line(product, 1)));
            stranger.awaitSetAside("order", 1);
            CompletableFuture<Reply> second = client.sendAsync(Call.order(users[1], Call.line(product, 1)));
            client.must(Call.charge(users[2], 100));
            client.must(Call.issue(users[2], campaign));
            client.must(Call.changeStock(product, 1));
            assertRowLocked(replyOf(first));
            assertRowLocked(replyOf(second));
        });
        client.must(Call.order(users[0], Call.line(product, 1)));
        stranger.reconcile();
    }
}
