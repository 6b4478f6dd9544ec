package kr.hhplus.commerce.security.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Together;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** While a user's order waits for its rows, another one of the same user is refused at once, and nobody else's is. */
@ServedShop
@TestPropertySource(
        properties = {"commerce.rate-limit.enabled=true", "commerce.rate-limit.address.any=1000000/s burst 1000000"})
class OneOrderAtATimeModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    OneOrderAtATimeModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    /** Runs while nobody can order for this user, because somebody else holds the wallet's row. */
    private void whileTheWalletIsHeld(long user, Runnable run) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            jdbc.queryForList("SELECT * FROM wallet WHERE user_id = ? FOR UPDATE", user);
            run.run();
        });
    }

    /** Sends until one is refused: from then on the first is known to be under way. */
    private Reply refusal(Call call) {
        return Awaitility.await().until(() -> client.send(call), reply -> reply.status() == 429);
    }

    @Test
    void refusesTheSecondAndAnswersTheFirst() {
        long product = given.aProduct().price(100).stock(1_000).onSale();
        long user = given.aUserWithBalance(10_000);
        Call order = Call.order(user, Call.line(product, 1));
        List<CompletableFuture<Reply>> first = new ArrayList<>();
        whileTheWalletIsHeld(user, () -> {
            first.add(client.sendAsync(order.withKey("first")));
            Awaitility.await()
                    .until(() -> jdbc.queryForList("SELECT 1 FROM wallet WHERE user_id = ?", user)
                                    .size()
                            == 1);
            CompletableFuture<Reply> again = client.sendAsync(order.withKey("first"));
            first.add(again);
            Reply refused = refusal(order.withKey("first-" + System.nanoTime()));
            assertThat(refused.code()).isEqualTo("RATE_LIMITED");
            assertThat(refused.headers()).containsEntry("Retry-After", "1");
            assertThat(first).noneMatch(CompletableFuture::isDone);
        });
        assertThat(first).extracting(CompletableFuture::join).allMatch(Reply::done);
        assertThat(first.get(0).join().text("orderId"))
                .isEqualTo(first.get(1).join().text("orderId"));
        assertThat(client.must(order).number("balance")).isEqualTo(9_800);
    }

    @Test
    void takesManyUsersTogether() {
        long product = given.aProduct().price(100).stock(1_000).onSale();
        long campaign = given.aCampaign(10, 100);
        List<Call> calls = new ArrayList<>();
        for (long user : given.usersWithBalance(50, 1_000)) {
            calls.add(Call.order(user, Call.line(product, 1)));
            calls.add(Call.issue(user, campaign));
        }
        assertThat(Together.send(client, calls)).allMatch(reply -> reply.status() == 201);
    }
}
