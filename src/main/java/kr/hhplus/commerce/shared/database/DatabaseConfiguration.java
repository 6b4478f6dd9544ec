package kr.hhplus.commerce.shared.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.jdbc.DataSourceHealthIndicator;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sets up the connections to MySQL and MariaDB, and checks the server before its schema is touched. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean
    static BeanPostProcessor mySqlConnections(Environment environment) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && ConnectionOptions.areFor(pool.getJdbcUrl())) {
                    setUp(pool, Binder.get(environment).bindOrCreate("commerce.database", DatabaseSettings.class));
                }
                return bean;
            }
        };
    }

    /** In the place of Spring Boot's, which asks the database each time; the endpoint keeps no group's answer. */
    @Bean
    HealthIndicator dbHealthIndicator(DataSource database, DatabaseSettings settings) {
        return new RememberedHealth(
                new DataSourceHealthIndicator(database), settings.healthKept().toNanos(), System::nanoTime);
    }

    static void setUp(HikariDataSource pool, DatabaseSettings settings) {
        ConnectionOptions.missingIn(pool.getJdbcUrl(), settings).forEach((name, value) -> {
            if (!pool.getDataSourceProperties().containsKey(name)) {
                pool.addDataSourceProperty((String) name, value);
            }
        });
        if (pool.getConnectionInitSql() == null) {
            pool.setConnectionInitSql(ConnectionOptions.firstStatement(settings));
        }
    }

    @Bean
    FlywayMigrationStrategy checkThenMigrate(Environment environment) {
        return flyway -> {
            if (flyway.getConfiguration().getDataSource() instanceof HikariDataSource pool
                    && ConnectionOptions.areFor(pool.getJdbcUrl())) {
                new JdbcServerCheck(new JdbcTemplate(pool)).run();
                migrate(flyway, Binder.get(environment).bindOrCreate("commerce.database", DatabaseSettings.class));
            } else {
                flyway.migrate();
            }
        };
    }

    static void migrate(Flyway flyway, DatabaseSettings settings) {
        org.flywaydb.core.api.configuration.Configuration configuration = flyway.getConfiguration();
        Flyway.configure(configuration.getClassLoader())
                .configuration(configuration)
                .dataSource(new JdbcPatientConnections(configuration.getDataSource(), settings.migrationWait()))
                .load()
                .migrate();
    }
}
