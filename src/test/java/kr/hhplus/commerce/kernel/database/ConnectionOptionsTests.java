package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionOptionsTests {

    private static final DatabaseProperties SETTINGS = new DatabaseProperties(
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(1));

    @Test
    void addWhatTheUrlLeavesOut() {
        assertThat(ConnectionOptions.missingIn("jdbc:mysql://db:3306/commerce", SETTINGS))
                .containsAllEntriesOf(Map.of(
                        "rewriteBatchedStatements", "true",
                        "connectionTimeZone", "UTC",
                        "forceConnectionTimeZoneToSession", "true",
                        "characterEncoding", "UTF-8",
                        "useAffectedRows", "false",
                        "connectTimeout", "2000",
                        "socketTimeout", "10000"));
    }

    @Test
    void leaveTheUrlsOwnTimeOutsAlone() {
        assertThat(ConnectionOptions.missingIn("jdbc:mysql://db/c?socketTimeout=500&sslMode=REQUIRED", SETTINGS))
                .doesNotContainKeys("socketTimeout", "sslMode")
                .containsEntry("connectTimeout", "2000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rewriteBatchedStatements=false",
                "REWRITEBATCHEDSTATEMENTS=false",
                "connectionTimeZone=Asia/Seoul",
                "useAffectedRows=true",
                "characterEncoding=EUC-KR"
            })
    void refuseAUrlThatBreaksAPromise(String option) {
        assertThatThrownBy(() -> ConnectionOptions.missingIn("jdbc:mysql://db/c?" + option, SETTINGS))
                .isInstanceOf(DatabaseRefusedException.class)
                .hasMessageContaining(option.substring(option.indexOf("=") + 1));
    }

    @Test
    void areNotForTheEmbeddedDatabase() {
        assertThat(ConnectionOptions.areFor("jdbc:h2:mem:x")).isFalse();
        assertThat(ConnectionOptions.areFor(null)).isFalse();
        assertThat(ConnectionOptions.areFor("jdbc:mariadb://db/c")).isTrue();
        assertThat(ConnectionOptions.missingIn("jdbc:mariadb://db/c", SETTINGS))
                .containsOnlyKeys("connectTimeout", "socketTimeout");
    }

    @Test
    void keepAPoolsOwnSettings() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl("jdbc:mysql://db/c");
            pool.addDataSourceProperty("socketTimeout", "7");
            DatabaseConfiguration.setUp(pool, SETTINGS);

            assertThat(pool.getDataSourceProperties()).containsEntry("socketTimeout", "7");
            assertThat(pool.getConnectionInitSql()).contains("innodb_lock_wait_timeout = 3");
        }
    }

    @Test
    void wantASocketTimeoutBeyondTheLockWait() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DatabaseProperties(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DatabaseProperties(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofMillis(300),
                        Duration.ofMinutes(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(1)));
    }

    @Test
    void keepHealthForAMinuteAtMost() {
        for (Duration kept : List.of(Duration.ofMillis(-1), Duration.ofSeconds(61))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DatabaseProperties(
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(9),
                            Duration.ofSeconds(2),
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            kept));
        }
    }
}
