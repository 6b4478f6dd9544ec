package kr.hhplus.commerce.proof.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * The built jar as a process of its own, which can be killed, stopped and started again on the same data directory.
 * Its output goes to a file under {@code target/proof}; its process never outlives the tests.
 */
public final class Shop implements AutoCloseable {

    private static final Path LOGS = Path.of("target", "proof");
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(90);
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Path data;
    private final List<String> options;
    private final Path log;
    private final Thread ender = new Thread(this::close);
    private Process process;
    private Client client;

    private Shop(Path data, List<String> options) {
        this.data = data;
        this.options = options;
        this.log = LOGS.resolve("shop-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet() + ".log");
        Runtime.getRuntime().addShutdownHook(ender);
    }

    /** An empty shop. */
    public static Shop open(Path data, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--commerce.sample-data=false");
        return new Shop(data, all).start();
    }

    /** The shop as a newcomer meets it: sample products and an open campaign. */
    public static Shop openWithSampleData(Path data) {
        return new Shop(data, List.of()).start();
    }

    public Client client() {
        return client;
    }

    public Path data() {
        return data;
    }

    /** Ends the process as a power cut would: no hook of the server's runs. */
    public void kill9() {
        process.destroyForcibly();
        exitCode(Duration.ofSeconds(30));
    }

    /** Asks the process to stop, as an operator or an orchestrator does, and returns at once. */
    public void sigterm() {
        process.destroy();
    }

    /** Waits for the process to end by itself. */
    public int exitCode(Duration waitMax) {
        try {
            if (!process.waitFor(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the shop still runs after " + waitMax + ", see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts again on the same data, once the process has ended. */
    public Shop restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("the shop still runs");
        }
        return start();
    }

    private Shop start() {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=Asia/Seoul",
                "-jar",
                System.getProperty("proof.jar", "target/hhplus-ecommerce.jar"),
                "--server.port=" + port,
                "--commerce.data-dir=" + data));
        command.addAll(options);
        try {
            Files.createDirectories(LOGS);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = new Client(URI.create("http://127.0.0.1:" + port));
        Awaitility.await("the shop to be ready, see " + log)
                .atMost(START_WAIT_MAX)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the shop ended while starting, see " + log, () -> !process.isAlive())
                .until(this::ready);
        return this;
    }

    private boolean ready() throws InterruptedException {
        try {
            return client.attempt(Call.get("/actuator/health")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process if it still runs. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill9();
        }
        if (Thread.currentThread() != ender) {
            Runtime.getRuntime().removeShutdownHook(ender);
        }
    }
}
