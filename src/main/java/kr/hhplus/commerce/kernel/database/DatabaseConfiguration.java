package kr.hhplus.commerce.kernel.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Sets up the connections to MySQL and MariaDB, and checks the server before its schema is touched. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    static BeanPostProcessor mySqlConnections(Environment environment) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && ConnectionOptions.areFor(pool.getJdbcUrl())) {
                    setUp(pool, Binder.get(environment).bindOrCreate("commerce.database", DatabaseProperties.class));
                }
                return bean;
            }
        };
    }

    /** In the place of Spring Boot's, which asks the database each time; the endpoint keeps no group's answer. */
    @Bean
    HealthIndicator dbHealthIndicator(JdbcTemplate jdbc, DatabaseProperties settings) {
        return new CachedHealth(
                new JdbcHealth(jdbc), settings.healthCacheDuration().toNanos(), System::nanoTime);
    }

    @Bean
    StoreFailure storeFailure(@Value("${spring.datasource.url}") String url) {
        return new StoreFailure(url);
    }

    @Bean
    JdbcOutage jdbcOutage(JdbcTemplate jdbc, StoreFailure storeFailure) {
        JdbcOutage outage = new JdbcOutage(storeFailure);
        jdbc.setExceptionTranslator(outage);
        return outage;
    }

    /** In the place of Spring Boot's, whose failures nobody translates. Batches of commands have one of their own. */
    @Bean
    JdbcTransactionManager transactionManager(
            DataSource database, JdbcTemplate jdbc, JdbcOutage outage, @Value("${spring.datasource.url}") String url) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        transactions.setExceptionTranslator(outage);
        // Otherwise the clean-up after a failed commit switches auto-commit on, which commits what is still open.
        transactions.setRollbackOnCommitFailure(true);
        if (url.startsWith("jdbc:h2:")) {
            transactions.addListener(new JdbcCommitCheck(jdbc));
        }
        return transactions;
    }

    static void setUp(HikariDataSource pool, DatabaseProperties settings) {
        ConnectionOptions.missingIn(pool.getJdbcUrl(), settings).forEach((name, value) -> {
            if (!pool.getDataSourceProperties().containsKey(name)) {
                pool.addDataSourceProperty((String) name, value);
            }
        });
        // Whether there is a server is asked, and waited for, by JdbcStartWait.
        pool.setInitializationFailTimeout(-1);
        if (pool.getConnectionInitSql() == null) {
            pool.setConnectionInitSql(ConnectionOptions.firstStatement(settings));
        }
    }

    @Bean
    FlywayMigrationStrategy checkThenMigrate(Environment environment) {
        return flyway -> {
            if (flyway.getConfiguration().getDataSource() instanceof HikariDataSource pool
                    && ConnectionOptions.areFor(pool.getJdbcUrl())) {
                DatabaseProperties settings =
                        Binder.get(environment).bindOrCreate("commerce.database", DatabaseProperties.class);
                new JdbcStartWait(ConnectionOptions.addressIn(pool.getJdbcUrl()), settings.startupTimeout())
                        .until(new JdbcServerCheck(new JdbcTemplate(pool))::run);
                migrate(flyway, settings);
            } else {
                flyway.migrate();
            }
        };
    }

    static void migrate(Flyway flyway, DatabaseProperties settings) {
        org.flywaydb.core.api.configuration.Configuration configuration = flyway.getConfiguration();
        Flyway.configure(configuration.getClassLoader())
                .configuration(configuration)
                .dataSource(new JdbcMigrationDataSource(configuration.getDataSource(), settings.migrationTimeout()))
                .load()
                .migrate();
    }
}
