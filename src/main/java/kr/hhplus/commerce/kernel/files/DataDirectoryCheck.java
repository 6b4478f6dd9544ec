package kr.hhplus.commerce.kernel.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Prepares {@code commerce.data-dir} before anything is opened in it: makes its path absolute, since H2 takes no
 * implicitly relative one, creates it, and tries whether it can be written.
 */
final class DataDirectoryCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(DataDirectoryCheck.class);
    private static final String PROPERTY = "commerce.data-dir";
    private static final String EMBEDDED = "jdbc:h2:file:";

    /** What H2 appends to the path in its URL. */
    private static final String DATABASE_SUFFIX = ".mv.db";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        String named = settings.getProperty(PROPERTY, "");
        if (named.isBlank()) {
            return;
        }
        // H2 expands a tilde too, where neither a shell nor YAML has.
        String expanded =
                named.replaceFirst("^~(?=[/\\\\]|$)", Matcher.quoteReplacement(System.getProperty("user.home")));
        Path directory = Path.of(expanded).toAbsolutePath().normalize();
        settings.getPropertySources()
                .addFirst(new MapPropertySource("data-directory", Map.of(PROPERTY, directory.toString())));
        String url = settings.getProperty("spring.datasource.url", "");
        boolean embedded = url.startsWith(EMBEDDED + directory);
        if (embedded || settings.getProperty("commerce.events", "file").equals("file")) {
            prepare(directory);
            // Spring Boot's indicator asks for the space of the working directory, unless it is told otherwise.
            settings.getPropertySources()
                    .addLast(new MapPropertySource(
                            "data-directory-space", Map.of("management.health.diskspace.path", directory.toString())));
        }
        if (embedded) {
            prepareDatabase(Path.of(url.substring(EMBEDDED.length()).replaceFirst(";.*", "") + DATABASE_SUFFIX));
        }
    }

    private static void prepare(Path directory) {
        try {
            PrivateFiles.createDirectories(directory);
            // Permission bits tell nothing of a read-only mount, nor of an access list.
            Files.delete(Files.createTempFile(directory, ".writable", null));
            if (PrivateFiles.isOpenToOthers(directory)) {
                log.warn(
                        "Other users of this machine may read {}: chmod 700 keeps orders and balances private",
                        directory);
            }
        } catch (IOException e) {
            throw refused(directory, e);
        }
    }

    private static void prepareDatabase(Path file) {
        if (Files.isDirectory(file)) {
            throw new DataDirectoryRefusedException(
                    PROPERTY + ": " + file + " is no file.", "Name another directory with " + PROPERTY + ".", null);
        }
        try {
            PrivateFiles.createFile(file);
        } catch (IOException e) {
            throw refused(file, e);
        }
        if (!Files.isWritable(file)) {
            throw refused(file, new AccessDeniedException(file.toString()));
        }
    }

    private static DataDirectoryRefusedException refused(Path path, IOException failure) {
        String user = userIn();
        return new DataDirectoryRefusedException(
                PROPERTY + ": " + path + " cannot be written by user " + user + " (" + reason(failure) + ").",
                "Give it to that user (chown -R " + user + " " + path
                        + "; of a container's bind mount: the directory on"
                        + " the host), or name another directory with " + PROPERTY + ".",
                failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        boolean says = failure instanceof FileSystemException system && system.getReason() != null;
        return says
                ? ((FileSystemException) failure).getReason()
                : failure.getClass().getSimpleName();
    }

    /** The number where the system tells it: the user of a container has no name on the host. */
    private static String userIn() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name");
        }
    }
}
