package kr.hhplus.commerce.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
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

/** The operator's switch over HTTP: it stops what sells, and nothing else. */
@OnDatabase
@ServedShop
class PausedSaleModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    PausedSaleModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private Reply send(Call call) {
        return client.send(call);
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    private void pause(boolean paused) {
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", paused, "message", "Back at noon"), null));
    }

    @AfterEach
    void goOn() {
        pause(false);
    }

    @Test
    void stopsOrdersAndIssuesWithTheOperatorsWords() {
        long product = given.aProduct().onSale();
        long campaign = given.aCampaign(100, 5);
        long user = given.aUserWithBalance(5_000);
        Call keyed = Call.order(user, Call.line(product, 2)).withKey("before");
        Reply order = client.must(keyed);
        pause(true);
        for (Call call : List.of(Call.order(user, Call.line(product, 1)), Call.issue(user, campaign))) {
            Reply reply = send(call);
            assertThat(reply.code()).isEqualTo("SALE_PAUSED");
            assertThat(reply.text("message")).isEqualTo("Back at noon");
        }
        assertThat(client.must(keyed).replayed()).isTrue();
        client.must(Call.charge(user, 1));
        assertThat(client.must(Call.cancel(order.text("orderId"))).number("balance"))
                .isEqualTo(5_001);
        pause(false);
        client.must(Call.issue(user, campaign));
        client.must(Call.order(user, Call.line(product, 1)));
    }
}
