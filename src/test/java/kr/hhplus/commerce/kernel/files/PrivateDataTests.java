package kr.hhplus.commerce.kernel.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import kr.hhplus.commerce.CommerceApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Orders and balances on disk: readable by the server's user alone, unless its operator has opened the directory. */
@ExtendWith(OutputCaptureExtension.class)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no modes")
class PrivateDataTests {

    @TempDir
    private Path home;

    private static ConfigurableApplicationContext start(Path data) {
        return SpringApplication.run(
                CommerceApplication.class,
                "--server.port=0",
                "--commerce.sample-data=false",
                "--commerce.data-dir=" + data);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void assertModes(Path data, String directories, String files) throws IOException {
        Awaitility.await().until(() -> Files.exists(data.resolve("events/.lock")));
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.toList()) {
                assertThat(mode(path)).as(path.toString()).isEqualTo(Files.isDirectory(path) ? directories : files);
            }
        }
    }

    /** Neither bash nor YAML expands one in {@code --commerce.data-dir=~/shop}. */
    @Test
    void areInTheHomeDirectoryThatATildeMeans() {
        String before = System.setProperty("user.home", home.toString());
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("commerce.data-dir", "~/shop")));
            new DataDirectoryCheck().initialize(context);
            assertThat(context.getEnvironment().getProperty("commerce.data-dir"))
                    .isEqualTo(home.resolve("shop").toString());
            assertThat(home.resolve("shop")).isDirectory();
        } finally {
            System.setProperty("user.home", before);
        }
    }

    @Test
    void areTheOwnersAloneInANewDirectory(CapturedOutput output) throws IOException {
        Path data = home.resolve("new/data");
        try (var context = start(data)) {
            assertThat(context.isRunning()).isTrue();
            assertModes(data, "rwx------", "rw-------");
        }
        assertThat(output.getAll()).doesNotContain("Other users of this machine may read");
    }

    @Test
    void areLeftToTheOperatorInADirectoryThatExists(CapturedOutput output) throws IOException {
        Path data = home.resolve("shared");
        for (Path directory : new Path[] {data, data.resolve("events")}) {
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
        }
        try (var context = start(data)) {
            assertThat(context.isRunning()).isTrue();
            assertModes(data, "rwxr-x---", "rw-r-----");
        }
        assertThat(output.getAll()).doesNotContain("Other users of this machine may read");
    }

    @Test
    void areWarnedOfWhereEverybodyMayReadThem(CapturedOutput output) throws IOException {
        Path data = Files.createDirectories(home.resolve("open"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var context = start(data)) {
            assertThat(context.isRunning()).isTrue();
            assertThat(output.getAll()).contains("Other users of this machine may read " + data, "chmod 700");
        }
    }
}
