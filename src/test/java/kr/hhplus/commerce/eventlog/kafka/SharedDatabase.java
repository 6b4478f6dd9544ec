package kr.hhplus.commerce.eventlog.kafka;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.UUID;
import kr.hhplus.commerce.eventlog.LogFixture;
import kr.hhplus.commerce.testkit.servers.ServerProcess;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.flywaydb.core.Flyway;
import org.h2.tools.Server;

/** An empty database that processes share: H2 in this JVM's memory, open on loopback. */
record SharedDatabase(Server server, String url, LogFixture events) implements AutoCloseable {

    static SharedDatabase open() {
        try {
            String port = Integer.toString(ServerProcess.freePort());
            Server server =
                    Server.createTcpServer("-tcpPort", port, "-ifNotExists").start();
            String url = "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:" + UUID.randomUUID() + ";MODE=MySQL;"
                    + "DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
            HikariDataSource pool = new TestDatabase(url, "sa").pool(new HikariConfig());
            Flyway.configure().dataSource(pool).load().migrate();
            return new SharedDatabase(server, url, new LogFixture(pool));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        events.close();
        server.stop();
    }
}
