package kr.hhplus.commerce.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives a test's application context a {@link TestDatabase} of its own, and a new data directory unless the test names
 * one: beside a new database, older event files look like a fault. Forks of a build may then run any tests at once.
 */
public final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String DATA_DIR = "commerce.data-dir";
    private static final String DATA_DIR_DEFAULT = "target/shops/default";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        TestDatabase database = TestDatabase.create();
        Map<String, Object> settings = new HashMap<>(Map.of(
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.user(),
                "spring.datasource.password", ""));
        if (environment.getProperty(DATA_DIR, DATA_DIR_DEFAULT).equals(DATA_DIR_DEFAULT)) {
            settings.put(DATA_DIR, newDirectory().toString());
        }
        environment.getPropertySources().addFirst(new MapPropertySource("fresh-database", settings));
    }

    /** @return a new directory under {@code target} */
    public static Path newDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "shops")), "shop");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
