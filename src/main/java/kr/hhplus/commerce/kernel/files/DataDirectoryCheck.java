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
 * Prepares {@code commerce.data-dir} before any file in it is opened: makes the path absolute, because H2 rejects
 * implicitly relative paths, creates the directory, and checks that it is writable.
 */
final class DataDirectoryCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger log = LoggerFactory.getLogger(DataDirectoryCheck.class);
    private static final String PROPERTY = "commerce.data-dir";
    private static final String EMBEDDED = "jdbc:h2:file:";

    /** The suffix that H2 appends to the path in its URL. */
    private static final String DATABASE_SUFFIX = ".mv.db";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment environment = context.getEnvironment();
        String configured = environment.getProperty(PROPERTY, "");
        if (configured.isBlank()) {
            return;
        }
        // H2 also expands a tilde that neither a shell nor YAML has expanded.
        String expanded =
                configured.replaceFirst("^~(?=[/\\\\]|$)", Matcher.quoteReplacement(System.getProperty("user.home")));
        Path directory = Path.of(expanded).toAbsolutePath().normalize();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("data-directory", Map.of(PROPERTY, directory.toString())));
        String url = environment.getProperty("spring.datasource.url", "");
        boolean embedded = url.startsWith(EMBEDDED + directory);
        if (embedded || environment.getProperty("commerce.events", "file").equals("file")) {
            prepare(directory);
            // By default Spring Boot's indicator checks the disk of the working directory.
            environment
                    .getPropertySources()
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
            // Permission bits show neither a read-only mount nor an access control list.
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
                    PROPERTY + ": " + file + " is not a file.", "Set another directory with " + PROPERTY + ".", null);
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
        String user = currentUser();
        return new DataDirectoryRefusedException(
                PROPERTY + ": " + path + " cannot be written by user " + user + " (" + reason(failure) + ").",
                "Make that user its owner (chown -R " + user + " " + path
                        + "; for a container's bind mount: the directory on"
                        + " the host), or set another directory with " + PROPERTY + ".",
                failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        boolean hasReason = failure instanceof FileSystemException system && system.getReason() != null;
        return hasReason
                ? ((FileSystemException) failure).getReason()
                : failure.getClass().getSimpleName();
    }

    /** Returns the user's number if the system provides it, because a container's user has no name on the host. */
    private static String currentUser() {
        try {
            return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name");
        }
    }
}
