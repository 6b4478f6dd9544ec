package kr.hhplus.commerce.kernel.database;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.GroupCommitProperties;
import kr.hhplus.commerce.groupcommit.JdbcRoutingDataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Configures the connections to the database, and checks the server before the migrations run. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int IDLE_WRITER_CONNECTIONS = 2;

    @Bean
    @FlywayDataSource
    DataSource sharedPool(DataSourceProperties properties, DatabaseProperties settings, Environment environment) {
        return pool(properties, settings, environment);
    }

    /** The connections of the writers. The pool grows with the load, up to one connection for each writer. */
    @Bean
    DataSource writerPool(
            DataSourceProperties properties,
            DatabaseProperties settings,
            GroupCommitProperties groupCommit,
            Environment environment) {
        HikariDataSource pool = pool(properties, settings, environment);
        pool.setPoolName("writers");
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(CommandQueues.QUEUES_MAX * groupCommit.writers());
        pool.setMinimumIdle(IDLE_WRITER_CONNECTIONS);
        return pool;
    }

    @Bean
    @Primary
    DataSource dataSource(
            @Qualifier("sharedPool") DataSource sharedPool, @Qualifier("writerPool") DataSource writerPool) {
        return new JdbcRoutingDataSource(sharedPool, writerPool);
    }

    private static HikariDataSource pool(
            DataSourceProperties properties, DatabaseProperties settings, Environment environment) {
        HikariDataSource pool = properties
                .initializeDataSourceBuilder()
                .type(HikariDataSource.class)
                .build();
        Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
        if (ConnectionOptions.areFor(pool.getJdbcUrl())) {
            setUp(pool, settings);
        }
        return pool;
    }

    /**
     * Replaces Spring Boot's indicator, which queries the database for each request. The health endpoint does not cache
     * groups.
     */
    @Bean
    HealthIndicator dbHealthIndicator(
            JdbcTemplate jdbc, @Qualifier("writerPool") DataSource writerPool, DatabaseProperties settings) {
        return new CachedHealth(
                new JdbcHealth(jdbc, new JdbcTemplate(writerPool)),
                settings.healthCacheDuration().toNanos(),
                System::nanoTime);
    }

    @Bean
    StoreFailure storeFailure(@Value("${spring.datasource.url}") String url) {
        return new StoreFailure(url);
    }

    @Bean
    JdbcOutage jdbcOutage(StoreFailure storeFailure) {
        return new JdbcOutage(storeFailure);
    }

    /** Spring Boot sets the translator by itself from 3.5 on. */
    @Bean
    static BeanPostProcessor translateFailures(ObjectProvider<JdbcOutage> outage) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof JdbcTemplate jdbc) {
                    jdbc.setExceptionTranslator(outage.getObject());
                }
                return bean;
            }
        };
    }

    /** Replaces Spring Boot's transaction manager, which does not translate exceptions. */
    @Bean
    JdbcTransactionManager transactionManager(
            DataSource database, JdbcTemplate jdbc, JdbcOutage outage, @Value("${spring.datasource.url}") String url) {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        transactions.setExceptionTranslator(outage);
        // Otherwise the clean-up after a failed commit enables auto-commit, which commits the open transaction.
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
        // JdbcStartWait waits for the server instead of the pool.
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
