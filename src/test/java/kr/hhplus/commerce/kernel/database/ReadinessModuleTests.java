package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.context.ContextConfiguration;

/** A database that gives connections and no rows: buyers get nothing from it, so they are sent elsewhere. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"commerce.sample-data=false", "commerce.database.health-cache-duration=0s"})
class ReadinessModuleTests {

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate jdbc;

    private int readiness() {
        return new Wire(port).get("/actuator/health/readiness").status();
    }

    @Test
    void isDownWhereNoTableCanBeRead() {
        assertThat(readiness()).isEqualTo(200);
        jdbc.execute("ALTER TABLE sale RENAME TO sale_away");
        assertThat(readiness()).isEqualTo(503);
        jdbc.execute("ALTER TABLE sale_away RENAME TO sale");
        assertThat(readiness()).isEqualTo(200);
    }

    /** Also of those that are no batches of commands: the sale switch, accounts, sessions. */
    @Test
    void everyCommitOfTheEmbeddedStoreIsChecked(@Autowired JdbcTransactionManager transactions) {
        assertThat(transactions.getTransactionExecutionListeners()).hasAtLeastOneElementOfType(JdbcCommitCheck.class);
        assertThat(transactions.getExceptionTranslator()).isInstanceOf(JdbcOutage.class);
    }
}
