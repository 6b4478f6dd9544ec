package kr.hhplus.commerce.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.eventlog.LogFixture.Line;
import kr.hhplus.commerce.eventlog.NewEvent;
import kr.hhplus.commerce.eventlog.Outbox;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.ranking.BestSellerList.BestSeller;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The module as it runs: counting on its own thread, answering from shared snapshots. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@ApplicationModuleTest(ApplicationModuleTest.BootstrapMode.ALL_DEPENDENCIES)
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class RankingModuleTests {

    @TempDir
    private static Path data;

    @Autowired
    private BestSellersController controller;

    @Autowired
    private Outbox outbox;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private ObjectMapper json;

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("commerce.data-dir", data::toString);
    }

    @Test
    void ranksWhatIsSoldNetOfCancellations() throws Exception {
        product(1, "감귤 Tangerines", 9_900, 40);
        product(2, "Green tea", 4_500, 7);
        product(3, "Ginger", 3_000, 0);
        Instant now = Instant.now();
        Instant hourAgo = now.minus(Duration.ofHours(1));
        append(
                LogFixture.paid(1, now, new Line(2, 3)),
                LogFixture.paid(2, hourAgo, new Line(1, 3)),
                LogFixture.paid(3, now, new Line(3, 9)),
                LogFixture.paid(4, now.minus(Duration.ofDays(4)), new Line(2, 100)),
                LogFixture.cancelled(3, now, now, new Line(3, 9)));
        Awaitility.await().untilAsserted(() -> assertThat(
                        controller.bestSellers(null, null).items())
                .containsExactly(
                        new BestSeller(1, 1, "감귤 Tangerines", Won.of(9_900), "KRW", 40, 3),
                        new BestSeller(2, 2, "Green tea", Won.of(4_500), "KRW", 7, 3)));
        assertThat(controller.bestSellers("PT30M", null).items())
                .extracting(BestSeller::productId)
                .containsExactly(2L);
        assertThat(controller.bestSellers("30days", 1).items())
                .extracting(BestSeller::soldQuantity)
                .containsExactly(103L);
        JsonNode answer = json.valueToTree(controller.bestSellers("P3D", 100));
        assertThat(answer.fieldNames()).toIterable().containsExactly("range", "from", "to", "items");
        assertThat(answer.path("items").path(0).fieldNames())
                .toIterable()
                .containsExactly("rank", "productId", "name", "price", "currency", "stock", "soldQuantity");
    }

    @Test
    void saysWhatItCounted() {
        BestSellerList list = controller.bestSellers("", null);
        assertThat(list.range()).isEqualTo("3days");
        assertThat(list.from()).isEqualTo(BucketWidth.MINUTE.floor(list.to().minus(Duration.ofDays(3))));
        assertThat(controller.bestSellers("P3D", null).range()).isEqualTo("P3D");
    }

    @Test
    void refusesWhatIsNoRangeAndNoLimit() {
        assertRefused("31days", null, "/range");
        assertRefused("soon", null, "/range");
        assertRefused(null, 0, "/limit");
        assertRefused(null, 101, "/limit");
    }

    private void product(long id, String name, long price, long stock) {
        jdbc.update(
                "INSERT INTO product (id, name, price, stock, created_at) VALUES (?, ?, ?, ?, NOW())",
                id,
                name,
                price,
                stock);
    }

    private void append(NewEvent... events) {
        new TransactionTemplate(transactions).executeWithoutResult(status -> outbox.append(List.of(events)));
    }

    private void assertRefused(String range, Integer limit, String pointer) {
        assertThatThrownBy(() -> controller.bestSellers(range, limit))
                .asInstanceOf(InstanceOfAssertFactories.type(RefusedException.class))
                .satisfies(refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(((InvalidRequest) refused.refusal()).errors())
                            .extracting(InvalidRequest.Violation::pointer)
                            .containsExactly(pointer);
                });
    }
}
