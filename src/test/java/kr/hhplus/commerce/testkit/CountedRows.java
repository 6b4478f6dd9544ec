package kr.hhplus.commerce.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/** Counts the rows that queries bring to the writers of batches, and to the thread of the test. */
@TestConfiguration(proxyBeanMethods = false)
public class CountedRows {

    /** The server's own template, in the place of Spring Boot's. */
    public static final class Template extends JdbcTemplate {

        private final Thread test = Thread.currentThread();
        private final AtomicLong rows = new AtomicLong();

        Template(DataSource database) {
            super(database);
        }

        public void reset() {
            rows.set(0);
        }

        public long rows() {
            return rows.get();
        }

        @Override
        public <T> T query(
                PreparedStatementCreator creator, PreparedStatementSetter setter, ResultSetExtractor<T> extractor) {
            return super.query(creator, setter, extractor == null ? null : counting(extractor));
        }

        @Override
        public <T> T query(String sql, ResultSetExtractor<T> extractor) {
            return super.query(sql, counting(extractor));
        }

        private <T> ResultSetExtractor<T> counting(ResultSetExtractor<T> extractor) {
            Thread thread = Thread.currentThread();
            return thread == test || thread.getName().startsWith("commit-")
                    ? result -> extractor.extractData(counting(result))
                    : extractor;
        }

        private ResultSet counting(ResultSet result) {
            return (ResultSet) Proxy.newProxyInstance(
                    ResultSet.class.getClassLoader(), new Class<?>[] {ResultSet.class}, (proxy, method, arguments) -> {
                        try {
                            Object value = method.invoke(result, arguments);
                            if (method.getName().equals("next") && Boolean.TRUE.equals(value)) {
                                rows.incrementAndGet();
                            }
                            return value;
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @Bean
    Template jdbcTemplate(DataSource database) {
        return new Template(database);
    }
}
