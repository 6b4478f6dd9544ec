package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbc.JdbcSQLNonTransientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

/** Errors by which a database says that it cannot be used: told from those of a statement, and logged once. */
class UnusableDatabaseTests {

    private final List<String> storeFailures = new ArrayList<>();
    private final JdbcOutage outage = new JdbcOutage(storeFailures::add);

    private DataAccessException translated(SQLException failure) {
        return outage.translate("a test", null, failure);
    }

    private static SQLException h2(int code, Throwable cause) {
        return new JdbcSQLNonTransientException("no", null, "HY000", code, cause, null);
    }

    @ParameterizedTest
    @ValueSource(ints = {90028, 90031, 90098, 90121})
    void isTheEmbeddedStoreThatFailed(int code) {
        assertThat(translated(h2(code, null))).isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(storeFailures).hasSize(1);
    }

    @Test
    void isAnErrorOfTheStoresFile() {
        assertThat(translated(h2(50000, new IllegalStateException(new IOException("No space left on device")))))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(storeFailures).hasSize(1);
    }

    @Test
    void isNoErrorOfOneStatement() {
        for (SQLException failure : List.of(h2(50000, new NullPointerException()), h2(23505, null), h2(90030, null))) {
            assertThat(translated(failure) instanceof DataAccessResourceFailureException)
                    .isFalse();
        }
        assertThat(storeFailures).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1021, 1026, 1114})
    void isAMySqlServerWhoseDiskIsFull(int code) {
        assertThat(translated(new SQLException("full", "HY000", code)))
                .isInstanceOf(DataAccessResourceFailureException.class);
        assertThat(storeFailures).as("the server goes on").isEmpty();
    }

    @Test
    void isLoggedInOneLineWhereverItIsMet() {
        LoggerContext loggers = new LoggerContext();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        loggers.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        OutageLog quiet = new OutageLog(loggers);
        Throwable full = h2(50000, new IllegalStateException(new IOException("No space left on device")));
        for (int i = 0; i < 100; i++) {
            loggers.getLogger("one").error("{} failed", i, new TransactionSystemException("commit", full));
            loggers.getLogger("another").warn("failed", translated(h2(90098, null)));
        }
        loggers.getLogger("a bug").error("failed", new IllegalStateException("something else"));

        assertThat(lines.list).hasSize(2);
        assertThat(lines.list.get(0).getFormattedMessage())
                .contains("The database cannot be used", "No space left on device", "first seen by one");
        assertThat(lines.list.get(1).getThrowableProxy().getMessage()).isEqualTo("something else");
        quiet.destroy();
        loggers.getLogger("one").error("once more", translated(h2(90098, null)));
        assertThat(lines.list).hasSize(3);
    }
}
