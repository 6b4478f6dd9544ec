package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A product that is sold out and has its sign up: the answers are those of the lane, and end when it is restocked. */
@OnDatabase
@ServedShop
class SoldOutProductModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private MeterRegistry metrics;

    SoldOutProductModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private double early() {
        return metrics.get("commerce.soldout.cache.refusals")
                .tag("kind", "product")
                .counter()
                .count();
    }

    private void refused(Call call, String code) {
        assertThat(client.send(call).code()).isEqualTo(code);
    }

    /** Sells what there is, and asks until a sign answers; each answer equals the lane's. */
    private long aSoldOutProduct(long buyer) {
        long product = given.aProduct().stock(1).onSale();
        client.must(Call.order(buyer, Call.line(product, 1)));
        awaitSign(product);
        return product;
    }

    private void awaitSign(long product) {
        Call call = Call.order(given.aUser(), Call.line(product, 2));
        Reply lanes = client.send(call);
        assertThat(lanes.code()).isEqualTo("INSUFFICIENT_STOCK");
        assertThat(lanes.number("available")).isZero();
        assertThat(lanes.number("required")).isEqualTo(2);
        Awaitility.await().until(() -> {
            double before = early();
            assertThat(client.send(call).json()).isEqualTo(lanes.json());
            return early() > before;
        });
    }

    @Test
    void isSoldAgainAtOnceWhenItIsRestockedOrAnOrderIsCancelled() {
        long buyer = given.aUserWithBalance(10_000);
        long product = given.aProduct().stock(1).onSale();
        String order = client.must(Call.order(buyer, Call.line(product, 1))).text("orderId");
        for (int round = 0; round < 3; round++) {
            awaitSign(product);
            client.must(Call.cancel(order));
            order = client.must(Call.order(buyer, Call.line(product, 1))).text("orderId");
            awaitSign(product);
            client.must(Call.changeStock(product, 1));
            client.must(Call.order(buyer, Call.line(product, 1)));
        }
    }

    @Test
    void answersWhatComesFirst() {
        long buyer = given.aUserWithBalance(10_000);
        long product = aSoldOutProduct(buyer);
        long other = given.aProduct().onSale();
        refused(Call.order(buyer, "nothing", Call.line(product, 1)), "COUPON_NOT_FOUND");
        refused(Call.order(buyer, Call.line(product, 1), Call.line(999_999, 1)), "PRODUCT_NOT_FOUND");
        refused(Call.order(buyer, Call.line(product, 1), Call.line(other, 1)), "INSUFFICIENT_STOCK");
        pause(true);
        refused(Call.order(buyer, Call.line(product, 1)), "SALE_PAUSED");
        pause(false);
        awaitSign(product);
        change(product, Map.of("purchaseLimit", 1));
        // It binds once what was sold without it is counted.
        Awaitility.await()
                .untilAsserted(() -> refused(Call.order(buyer, Call.line(product, 1)), "PURCHASE_LIMIT_EXCEEDED"));
        change(product, Map.of("saleEndsAt", Instant.now().minusSeconds(1).toString()));
        refused(Call.order(buyer, Call.line(product, 1)), "SALE_NOT_OPEN");
    }

    private void pause(boolean paused) {
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", paused), null));
    }

    private void change(long product, Map<String, Object> patch) {
        client.must(new Call("PATCH", "/admin/products/" + product, patch, null));
    }

    @Test
    void answersAKnownKeyFirst() {
        long buyer = given.aUserWithBalance(10_000);
        long product = given.aProduct().stock(1).onSale();
        Call bought = Call.order(buyer, Call.line(product, 1)).withKey("bought");
        Reply first = client.must(bought);
        awaitSign(product);
        Reply again = client.must(bought);
        assertThat(again.replayed()).isTrue();
        assertThat(again.json()).isEqualTo(first.json());
        refused(Call.order(buyer, Call.line(product, 3)).withKey("bought"), "IDEMPOTENCY_KEY_REUSED");
        Call late = Call.order(buyer, Call.line(product, 1)).withKey("late");
        double before = early();
        refused(late, "INSUFFICIENT_STOCK");
        assertThat(early()).isGreaterThan(before);
        client.must(Call.changeStock(product, 1));
        assertThat(client.must(late).replayed()).isFalse();
    }
}
