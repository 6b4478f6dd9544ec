package kr.hhplus.commerce.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that lead a shop to the primary of a MySQL group, as far as they can be tried without one. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "HAProxy and its check are not for Windows")
class ProxyToThePrimaryTests {

    private static final Path FILES = Path.of("deploy", "haproxy").toAbsolutePath();

    @TempDir
    private Path bin;

    private static int run(Process process) throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void areWhatHaProxyUnderstands() throws Exception {
        assumeThat(Stream.of("/usr/sbin/haproxy", "/usr/local/sbin/haproxy", "/usr/bin/haproxy"))
                .as("HAProxy, which is not installed here")
                .anyMatch(path -> Files.isExecutable(Path.of(path)));
        ProcessBuilder check =
                new ProcessBuilder("haproxy", "-c", "-f", FILES + "/haproxy.cfg").redirectErrorStream(true);
        check.environment().merge("PATH", ":/usr/sbin:/usr/local/sbin", String::concat);
        Process process = check.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(run(process)).as(output).isZero();
    }

    /** The client in the place of MySQL's says what the server would. */
    @ParameterizedTest
    @CsvSource({"1,0,true", "0,0,false", "'',1,false"})
    void takeAMemberForThePrimaryOnlyWhereItSaysSo(String answer, int status, boolean primary) throws Exception {
        Path client = bin.resolve("mysql");
        Files.writeString(
                client, "#!/bin/sh\necho \"$@\" >'%s/asked'\necho %s\nexit %d\n".formatted(bin, answer, status));
        assertThat(client.toFile().setExecutable(true)).isTrue();
        ProcessBuilder check =
                new ProcessBuilder(FILES + "/primary-check", "127.0.0.1", "3306", "10.0.0.7", "3311").inheritIO();
        check.environment().merge("PATH", bin + ":", (path, first) -> first + path);

        assertThat(run(check.start()) == 0).isEqualTo(primary);
        assertThat(bin.resolve("asked")).content().contains("--host=10.0.0.7", "--port=3311", "super_read_only");
    }
}
