package kr.hhplus.commerce.payment;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** A shop on the internet: a user's balance grows by payments alone. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.wallet.self-charge=false",
            "commerce.rate-limit.enabled=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=" + ToppingUpWithCredentialsModuleTests.KEY
        })
class ToppingUpWithCredentialsModuleTests {

    static final String KEY = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";

    private static final String JSON = "application/json";

    @LocalServerPort
    private int port;

    private Reply post(String token, String path, String body) {
        return new Wire(port).post(path, JSON, body.replace('\'', '"'), "Authorization: Bearer " + token);
    }

    @Test
    void signsUpTopsUpAndOrders() {
        String admin = SecretTokens.token(KEY, 900, "ADMIN");
        assertThat(post(admin, "/admin/products", "{'name':'Cup','price':700,'stock':9}")
                        .status())
                .isEqualTo(201);
        Wire wire = new Wire(port);
        Reply signedUp = wire.post("/users", JSON, "{\"name\":\"ann@shop.kr\",\"password\":\"Purple-Kettle-42\"}");
        String ann = SecretTokens.token(KEY, signedUp.number("userId"), "USER");

        Reply charge = post(ann, "/balance/charge", "{'amount':1000}");
        assertThat(charge.status()).isEqualTo(403);
        assertThat(charge.code()).isEqualTo("TOP_UP_REQUIRED");
        assertThat(post(ann, "/balance/charge", "{'userId':1,'amount':1000}").code())
                .isEqualTo("FORBIDDEN");

        String topUp = post(ann, "/top-ups", "{'amount':1000}").text("topUpId");
        assertThat(post(ann, "/top-ups/" + topUp + "/confirm", "{'paymentKey':'sandbox-approve'}")
                        .text("status"))
                .isEqualTo("PAID");
        Reply order = post(ann, "/orders", "{'items':[{'productId':1,'quantity':1}]}");
        assertThat(order.status()).as(order.toString()).isEqualTo(201);
        assertThat(order.number("balance")).isEqualTo(300);

        String other = SecretTokens.token(KEY, 77, "USER");
        assertThat(wire.get("/top-ups/" + topUp, "Authorization: Bearer " + other)
                        .code())
                .isEqualTo("TOP_UP_NOT_FOUND");
        assertThat(post(ann, "/admin/top-ups/" + topUp + "/refund", "{'amount':1,'reason':'r'}")
                        .code())
                .isEqualTo("FORBIDDEN");
        String service = SecretTokens.token(KEY, "billing", "SERVICE");
        long annsNumber = signedUp.number("userId");
        assertThat(post(service, "/balance/charge", "{'userId':" + annsNumber + ",'amount':5}")
                        .status())
                .isEqualTo(200);
    }
}
