package kr.hhplus.commerce.testkit.servers;

import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a test's application context a {@link TestDatabase} of its own, so that forks of a build may run any tests. It
 * is migrated already, and Flyway only finds that. The processes of the built jar migrate as in production.
 */
public final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        TestDatabase database = MigratedDatabases.copy();
        Map<String, Object> settings = Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.user(),
                "spring.datasource.password", "");
        environment.getPropertySources().addFirst(new MapPropertySource("fresh-database", settings));
    }
}
