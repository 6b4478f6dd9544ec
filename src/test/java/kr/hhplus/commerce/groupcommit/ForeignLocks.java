package kr.hhplus.commerce.groupcommit;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.springframework.test.context.DynamicPropertyRegistry;

/** A session beside the service's own that holds rows of a served shop. */
final class ForeignLocks {

    private final DataSource database;
    private final Client client;
    private final MeterRegistry meters;

    ForeignLocks(DataSource database, Client client, MeterRegistry meters) {
        this.database = database;
        this.client = client;
        this.meters = meters;
    }

    /** Waits less for a lock than the service usually does, so that tests do not either. */
    static void waitBriefly(DynamicPropertyRegistry settings) {
        if (TestDatabase.ON_MYSQL) {
            settings.add("commerce.database.lock-timeout", () -> "1s");
        } else {
            settings.add("spring.datasource.hikari.connection-init-sql", () -> "SET LOCK_TIMEOUT 300");
        }
    }

    interface Meanwhile {
        void run() throws Exception;
    }

    /** Runs something while the session has executed this statement, and rolls it back. */
    void whileHolding(String sql, long key, Meanwhile meanwhile) throws Exception {
        try (Connection other = database.getConnection()) {
            other.setAutoCommit(false);
            try (PreparedStatement statement = other.prepareStatement(sql)) {
                statement.setLong(1, key);
                statement.execute();
            }
            try {
                meanwhile.run();
            } finally {
                other.rollback();
                other.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitSetAside(String queue, int commands) {
        await().until(() -> meters.get("commerce.groupcommit.set.aside")
                        .tag("queue", queue)
                        .gauge()
                        .value()
                == commands);
    }

    static Reply replyOf(CompletableFuture<Reply> reply) {
        try {
            return reply.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    void reconcile() {
        JsonNode audit = client.must(Call.get("/admin/audit")).json();
        if (!audit.get("ok").booleanValue()) {
            throw new AssertionError(audit.toString());
        }
    }
}
