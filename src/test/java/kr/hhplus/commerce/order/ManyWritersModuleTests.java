package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Together;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** Four writers for each lane over the same few rows, in every order: nobody deadlocks for good, the books hold. */
@OnDatabase
@ServedShop
@TestPropertySource(properties = {"commerce.group-commit.writers=4", "commerce.group-commit.batch-max=4"})
class ManyWritersModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    ManyWritersModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private Reply send(Call call) {
        return client.send(call);
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    private static final int ROUNDS = 12;

    @Test
    void leaveTheBooksRight() {
        long[] users = given.usersWithBalance(6, 100_000);
        long[] products = {
            given.aProduct().price(10).stock(60).onSale(),
            given.aProduct().price(7).stock(500).onSale(),
            given.aProduct().price(0).stock(40).onSale()
        };
        long campaign = given.aCampaign(5, 4);
        List<String> paid = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < users.length; i++) {
                long one = products[(i + round) % 3];
                long other = products[(i + round + 1 + i % 2) % 3];
                calls.add(Call.order(users[i], Call.line(one, 1), Call.line(other, 2)));
                calls.add(Call.order(users[users.length - 1 - i], Call.line(other, 1), Call.line(one, 1)));
                calls.add(Call.charge(users[i], 1));
                calls.add(Call.issue(users[i], campaign));
            }
            paid.forEach(order -> calls.add(Call.cancel(order)));
            paid.clear();
            for (Reply reply : Together.send(client, calls)) {
                assertThat(reply.done() || reply.status() == 409)
                        .as(reply.toString())
                        .isTrue();
                if (reply.status() == 201 && reply.json().has("orderId")) {
                    paid.add(reply.text("orderId"));
                }
            }
        }
        assertThat(paid).isNotEmpty();
        JsonNode audit = client.must(Call.get("/admin/audit")).json();
        assertThat(audit.get("ok").booleanValue()).as(audit.toString()).isTrue();
        assertThat(jdbc.queryForList("SELECT sequence FROM coupon ORDER BY sequence", Long.class))
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(Arrays.stream(users).map(this::balance)).allMatch(won -> won >= 0);
    }
}
