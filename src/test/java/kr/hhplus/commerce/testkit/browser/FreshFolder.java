package kr.hhplus.commerce.testkit.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives a shop an empty folder for its files: beside a new database, older files would look like a fault. */
public final class FreshFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "browsed")), "shop");
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("fresh-folder", Map.of("commerce.data-dir", folder.toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
