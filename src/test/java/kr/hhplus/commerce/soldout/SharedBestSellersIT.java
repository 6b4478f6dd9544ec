package kr.hhplus.commerce.soldout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.Callable;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.servers.NeedsServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Best sellers that one instance has read and the other shows, and what becomes of those that somebody made up. */
@NeedsServers
class SharedBestSellersIT {

    private static final String BEST_SELLERS = "commerce:snapshot:best-sellers:PT72H";

    private static TwoInstances shops;

    private final Client one = shops.client(0);
    private final Client other = shops.client(1);
    private final Given given = new Given(one);

    @BeforeAll
    static void open() {
        shops = new TwoInstances();
    }

    @AfterAll
    static void close() {
        shops.close();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(condition);
    }

    private long aSoldProduct() {
        long product = given.aProduct().price(1).stock(10).onSale();
        one.must(Call.order(given.aUserWithBalance(10), Call.line(product, 10)));
        return product;
    }

    private Reply bestSellers(Client shop) {
        return shop.must(Call.get("/products/best-seller?limit=100"));
    }

    @Test
    void sharesBestSellers() {
        long product = aSoldProduct();
        await("both to show what was sold", () -> has(bestSellers(one), product) && has(bestSellers(other), product));
        double before = shared();
        await("one to use what the other has read", () -> {
            assertThat(has(bestSellers(one), product) && has(bestSellers(other), product))
                    .isTrue();
            return shared() > before;
        });
    }

    private static double shared() {
        return shops.counted(0, "commerce.shared.cache.reads", "from", "shared")
                + shops.counted(1, "commerce.shared.cache.reads", "from", "shared");
    }

    private static boolean has(Reply list, long product) {
        for (JsonNode item : list.json().required("items")) {
            if (item.required("productId").longValue() == product) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage",
                "1 {}",
                "9999999999999 {\"items\":[]}",
                "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\",\"items\":[]}"
            })
    void showsNoBestSellersThatSomebodyPutThere(String value) {
        long product = aSoldProduct();
        await("both to show what was sold", () -> has(bestSellers(one), product) && has(bestSellers(other), product));
        for (int i = 0; i < 10; i++) {
            shops.byHand().opsForValue().set(BEST_SELLERS, value);
            assertThat(has(bestSellers(one), product)).isTrue();
            assertThat(has(bestSellers(other), product)).isTrue();
        }
        shops.byHand().delete(BEST_SELLERS);
        shops.byHand().opsForList().leftPush(BEST_SELLERS, value);
        assertThat(has(bestSellers(one), product)).isTrue();
    }
}
