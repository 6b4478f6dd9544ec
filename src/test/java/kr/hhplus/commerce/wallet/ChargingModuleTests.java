package kr.hhplus.commerce.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Charges and the ledger over HTTP: limits, pages, keys. */
@OnDatabase
@ServedShop
class ChargingModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    ChargingModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private Reply send(Call call) {
        return client.send(call);
    }

    private void refused(Call call, int status, String code) {
        Reply reply = send(call);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    @Test
    void refusesMoreThanOneChargeMayBe() {
        long user = given.aUser();
        refused(Call.charge(user, 10_000_001), 400, "INVALID_REQUEST");
        refused(Call.charge(user, 0), 400, "INVALID_REQUEST");
        assertThat(client.must(Call.post("/balance/charge?userId=" + user + "&amount=10000000", null))
                        .number("balance"))
                .isEqualTo(10_000_000);
    }

    @Test
    void chargesUpToTheLimitOfABalanceWhichARefundMayPass() {
        long product = given.aProduct().price(1).onSale();
        long user = given.aUserWithBalance(100_000_000);
        refused(Call.charge(user, 1), 409, "BALANCE_LIMIT_EXCEEDED");
        String order = client.must(Call.order(user, Call.line(product, 1))).text("orderId");
        client.must(Call.charge(user, 1));
        assertThat(client.must(Call.cancel(order)).number("balance")).isEqualTo(100_000_001);
        refused(Call.charge(user, 1), 409, "BALANCE_LIMIT_EXCEEDED");
    }

    @Test
    void listsEveryEntryOnOnePageOnly() {
        long user = given.aUser();
        for (int i = 1; i <= 5; i++) {
            client.must(Call.charge(user, i));
        }
        List<Long> amounts = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = client.must(Call.get("/balance/transactions?userId=" + user + "&size=2&cursor=" + cursor))
                    .json();
            page.get("items").forEach(entry -> amounts.add(entry.get("amount").longValue()));
            cursor = page.get("nextCursor").textValue();
        }
        assertThat(amounts).containsExactly(5L, 4L, 3L, 2L, 1L);
        refused(Call.get("/balance/transactions?userId=" + user + "&cursor=abc"), 400, "INVALID_CURSOR");
    }

    @Test
    void chargesOnceForEachKey() {
        long user = given.aUser();
        Call call = Call.charge(user, 500).withKey("once");
        Reply first = client.must(call);
        client.must(Call.charge(user, 1));
        Reply second = client.must(call);
        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(balance(user)).isEqualTo(501);
        refused(Call.charge(user, 501).withKey("once"), 422, "IDEMPOTENCY_KEY_REUSED");
    }
}
