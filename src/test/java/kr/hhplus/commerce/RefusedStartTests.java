package kr.hhplus.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** What keeps a server from starting is told in one line with a remedy, before anything is made or changed. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTests {

    @TempDir
    private Path home;

    private ConfigurableApplicationContext start(Path directory, String... more) {
        List<String> options =
                new ArrayList<>(List.of("--commerce.sample-data=false", "--commerce.data-dir=" + directory));
        options.addAll(List.of(more));
        if (options.stream().noneMatch(option -> option.startsWith("--server.port="))) {
            options.add("--server.port=0");
        }
        return SpringApplication.run(CommerceApplication.class, options.toArray(String[]::new));
    }

    private static void assertOneLine(CapturedOutput output, String... parts) {
        assertThat(output.getAll()).contains(parts).contains("Action:").doesNotContain("\tat ", "HikariPool");
    }

    @Test
    void aTakenPortIsFoundBeforeADatabaseIsMade(CapturedOutput output) throws IOException {
        Path data = home.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = "--server.port=" + taken.getLocalPort();
            assertThatThrownBy(() -> start(data, port).close());
            assertOneLine(output, "Port " + taken.getLocalPort() + " was already in use");
            assertThat(data).doesNotExist();

            String management = "--management.server.port=" + taken.getLocalPort();
            assertThatThrownBy(() -> start(data, management, "--management.server.address=127.0.0.1")
                    .close());
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamedWithTheUserAndTheRemedy(CapturedOutput output) throws IOException {
        // A directory below a file: not even root can write there.
        Path data = Files.writeString(home.resolve("file"), "in the way").resolve("data");
        assertThatThrownBy(() -> start(data).close());
        assertOneLine(output, "commerce.data-dir: " + data + " cannot be written by user ", "chown -R ");
    }

    @Test
    void aDirectoryInPlaceOfTheDatabaseFileIsNamed(CapturedOutput output) throws IOException {
        Path data = home.resolve("data");
        Files.createDirectories(data.resolve("commerce.mv.db"));
        assertThatThrownBy(() -> start(data).close());
        assertOneLine(output, "commerce.data-dir: " + data.resolve("commerce.mv.db") + " is not a file");
    }

    @Test
    void aDamagedDatabaseFileIsNamed(CapturedOutput output) throws IOException {
        Path data = Files.createDirectories(home.resolve("data"));
        Files.writeString(data.resolve("commerce.mv.db"), "no database at all\n".repeat(1_000));
        assertThatThrownBy(() -> start(data).close());
        assertThat(output.getAll())
                .contains("The embedded database at jdbc:h2:file:" + data.resolve("commerce") + " cannot be opened")
                .contains("Action:")
                .doesNotContain("\tat ");
    }

    @Test
    void aDirectoryThatIsNamedRelativelyIsTaken() throws IOException {
        // Without "./" H2 refuses it.
        Path relative =
                Path.of("target", "relative-data-" + ProcessHandle.current().pid());
        try (var context = start(relative)) {
            assertThat(context.getEnvironment().getProperty("commerce.data-dir"))
                    .isEqualTo(relative.toAbsolutePath().toString());
            assertThat(relative.resolve("commerce.mv.db")).isNotEmptyFile();
        }
        FileSystemUtils.deleteRecursively(relative);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://a:3306,b:3306/shop",
                "jdbc:mysql:replication://a,b/shop",
                "jdbc:mysql:loadbalance://a/shop",
                "jdbc:mysql+srv://cluster/shop",
                "jdbc:mysql://(host=a,port=1),(host=b,port=1)/shop",
                "jdbc:mariadb:sequential://a,b/shop"
            })
    void severalHostsInOneUrlAreRefusedWithTheReason(String url, CapturedOutput output) {
        assertThatThrownBy(() -> start(home, "--spring.datasource.url=" + url).close());
        assertOneLine(output, "names several database hosts", "deploy/haproxy");
    }

    @Test
    void aServerThatDoesNotAnswerIsWaitedForWithAReasonAndABound(CapturedOutput output) {
        String url = "--spring.datasource.url=jdbc:mysql://me:secret@127.0.0.1:1/shop?password=secret";
        assertThatThrownBy(
                () -> start(home, url, "--commerce.database.startup-timeout=2s").close());
        assertThat(output.getAll())
                .contains("Waiting for the database at jdbc:mysql://127.0.0.1:1/shop: Connection refused")
                .contains("commerce.database.startup-timeout")
                .contains("The database at jdbc:mysql://127.0.0.1:1/shop does not respond.")
                .doesNotContain("\tat ", "secret");
    }
}
