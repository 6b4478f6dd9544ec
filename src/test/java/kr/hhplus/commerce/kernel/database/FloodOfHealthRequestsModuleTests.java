package kr.hhplus.commerce.kernel.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.test.context.ContextConfiguration;

/** Anybody may ask for health, as often as they like: the database is asked as often as its own setting says. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"commerce.sample-data=false", "commerce.database.health-cache-duration=1m"})
class FloodOfHealthRequestsModuleTests {

    /** One for each pool. The first one asks for the product's name as well. */
    private static final int CONNECTIONS_OF_ONE = 3;

    private static final AtomicInteger CONNECTIONS_OF_REQUESTS = new AtomicInteger();

    @LocalServerPort
    private int port;

    @TestConfiguration(proxyBeanMethods = false)
    static class Counting {

        @Bean
        static BeanPostProcessor countedConnections() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof HikariDataSource pool ? new Counted(pool) : bean;
                }
            };
        }
    }

    /** Counts the connections that threads of the web server take. */
    private static final class Counted extends DelegatingDataSource {

        Counted(HikariDataSource pool) {
            super(pool);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (Thread.currentThread().getName().startsWith("http-")) {
                CONNECTIONS_OF_REQUESTS.incrementAndGet();
            }
            return super.getConnection();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health/readiness", "/actuator/health"})
    void takesNoMoreThanOneOfThem(String target) {
        CONNECTIONS_OF_REQUESTS.set(0);
        Wire wire = new Wire(port);
        IntStream.range(0, 50)
                .parallel()
                .forEach(i -> assertThat(wire.get(target).status()).isEqualTo(200));
        assertThat(CONNECTIONS_OF_REQUESTS).hasValueLessThanOrEqualTo(CONNECTIONS_OF_ONE);
    }

    @Test
    void thatIsCountedAtAll() {
        CONNECTIONS_OF_REQUESTS.set(0);
        new Wire(port).get("/balance/transactions?userId=1");
        assertThat(CONNECTIONS_OF_REQUESTS).hasPositiveValue();
    }
}
