package kr.hhplus.commerce.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Gives each application context of a test a new data directory, where the test names none. Event files of an earlier
 * run beside an empty database would be a rewound event log.
 */
public final class FreshDataDirectory
        implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

    private static final String PROPERTY = "commerce.data-dir";

    /** The value in {@code src/test/resources/application.properties}. */
    private static final String NONE = "target/shops/default";

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (NONE.equals(environment.getProperty(PROPERTY))) {
            environment
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "fresh-data-directory",
                            Map.of(PROPERTY, newDirectory().toString())));
        }
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
