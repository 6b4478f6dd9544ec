package kr.hhplus.commerce.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.springframework.util.FileSystemUtils;

/**
 * A built jar made ready for many starts, as {@code bin/run} does it: taken apart, and its classes as a first start
 * left them. Made once for each jar and kept under {@code target/servers}.
 */
public final class ReadyJar {

    private static final Duration MADE_WITHIN = Duration.ofMinutes(3);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private ReadyJar() {}

    /** The command that starts the built jar, or the one that bin/faults names; options for the server may follow. */
    public static List<String> command(String... javaOptions) {
        Path jar = Path.of(System.getProperty("proof.jar", "target/hhplus-ecommerce.jar"));
        Path home = home(jar);
        List<String> command = java(javaOptions);
        command.addAll(List.of(
                "-XX:SharedArchiveFile=" + archive(home),
                "-jar",
                home.resolve(jar.getFileName()).toString()));
        return command;
    }

    private static Path home(Path jar) {
        try {
            // Its time says nothing, because builds are reproducible.
            CRC32 sum = new CRC32();
            sum.update(Files.readAllBytes(jar));
            String made = "%d-%08x".formatted(Files.size(jar), sum.getValue());
            Path home = Path.of("target", "servers", "jar-" + made).toAbsolutePath();
            MadeOnce.unlessThere(archive(home), () -> make(jar, home));
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path archive(Path home) {
        return home.resolveSibling(home.getFileName() + ".jsa");
    }

    private static void make(Path jar, Path home) throws IOException {
        FileSystemUtils.deleteRecursively(home);
        Path made = home.resolve("made.jsa");
        run(List.of(JAVA, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", home.toString()));
        run(java(
                "-XX:ArchiveClassesAtExit=" + made,
                "-Dspring.context.exit=onRefresh",
                "-Dcommerce.data-dir=" + home.resolve("training"),
                "-jar",
                home.resolve(jar.getFileName()).toString()));
        // A start that fails leaves an archive too.
        Files.move(made, archive(home));
    }

    /** With the compiler's first stage alone: tests start more than they compute. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) {
        try (ServerProcess process =
                new ServerProcess("ready-jar-" + ProcessHandle.current().pid(), command)) {
            int status = process.start().exitCode(MADE_WITHIN);
            if (status != 0) {
                throw new IllegalStateException("status " + status + ", see " + process.log());
            }
        }
    }
}
