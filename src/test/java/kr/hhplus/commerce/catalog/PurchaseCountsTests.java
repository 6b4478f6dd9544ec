package kr.hhplus.commerce.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.catalog.PurchaseCounts.PurchaseKey;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnDatabase
class PurchaseCountsTests {

    private static final PurchaseKey FIRST = new PurchaseKey(1, 1);
    private static final PurchaseKey SECOND = new PurchaseKey(2, 1);
    private static final long HELD_MILLIS = 300;

    private final HikariDataSource pool = TestDatabase.migrated();
    private final PurchaseCounts counts = new PurchaseCounts(JdbcClient.create(pool), new JdbcTemplate(pool));
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));

    @AfterEach
    void close() {
        pool.close();
    }

    private void add(Map<PurchaseKey, Long> quantities) {
        transaction.executeWithoutResult(status -> counts.add(new TreeMap<>(quantities)));
    }

    @Test
    void addsToWhatIsThere() {
        add(Map.of(FIRST, 3L));
        add(Map.of(FIRST, 2L, SECOND, 5L));
        add(Map.of(FIRST, -1L));
        assertThat(counts.find(List.of(FIRST, SECOND))).containsEntry(FIRST, 4L).containsEntry(SECOND, 5L);
    }

    @Test
    void addsOnceWhileAnotherTransactionHasInsertedALaterRow() {
        add(Map.of(FIRST, 1L));
        CompletableFuture<Void> waiting = transaction.execute(status -> {
            counts.add(new TreeMap<>(Map.of(SECOND, 2L)));
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> add(Map.of(FIRST, 3L, SECOND, 3L)));
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(HELD_MILLIS, TimeUnit.MILLISECONDS))
                    .join();
            return other;
        });
        waiting.join();
        assertThat(counts.find(List.of(FIRST, SECOND))).containsEntry(FIRST, 4L).containsEntry(SECOND, 5L);
    }
}
