package kr.hhplus.commerce.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * One Kafka broker in KRaft mode, from the jars of the test class path, as a process of its own. Its data is removed
 * with it. Replication is 1 everywhere, or the first idempotent send would wait for brokers that there are not.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration START_WAIT_MAX = Duration.ofMinutes(2);
    private static final String CLUSTER = "VGVzdHNPZkNvbW1lcmNlMQ";

    private static final String SETTINGS = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            controller.listener.names=CONTROLLER
            log.dirs=%3$s
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            group.initial.rebalance.delay.ms=0
            """;

    private static final String WARNINGS_ONLY = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger{1} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    /** An empty data directory, as {@code kafka-storage format} leaves it, of which each broker takes a copy. */
    private static final Path FORMATTED =
            Path.of("target", "servers", "kafka-formatted").toAbsolutePath();

    private final Path home;
    private final int port = ServerProcess.freePort();
    private final ServerProcess process;

    private KafkaBroker() {
        try {
            home = Files.createTempDirectory("kafka");
            FileSystemUtils.copyRecursively(FORMATTED, home.resolve("data"));
            write(home, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = new ServerProcess(
                "kafka-" + port, java(home, "kafka.Kafka", settings(home).toString()));
    }

    /** Starts one on free ports, with nothing in it, and returns when it takes connections. */
    public static KafkaBroker start() {
        MadeOnce.unlessThere(FORMATTED, KafkaBroker::format);
        KafkaBroker broker = new KafkaBroker();
        broker.restart();
        return broker;
    }

    private static void format() throws IOException {
        Path home = Files.createTempDirectory(FORMATTED.getParent(), "kafka-formatting");
        write(home, ServerProcess.freePort());
        try {
            Process format = new ProcessBuilder(java(
                            home,
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            CLUSTER,
                            "-c",
                            settings(home).toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("format.log").toFile())
                    .start();
            if (format.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(home.resolve("format.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Files.move(home.resolve("data"), FORMATTED);
        FileSystemUtils.deleteRecursively(home);
    }

    private static void write(Path home, int port) throws IOException {
        String data = home.resolve("data").toString().replace('\\', '/');
        Files.writeString(settings(home), SETTINGS.formatted(port, ServerProcess.freePort(), data));
        Files.writeString(home.resolve("logback.xml"), WARNINGS_ONLY);
    }

    private static List<String> java(Path home, String... mainAndArguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(mainAndArguments));
        return command;
    }

    private static Path settings(Path home) {
        return home.resolve("server.properties");
    }

    /** {@code host:port}, for {@code spring.kafka.bootstrap-servers}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    public void kill9() {
        process.kill9();
    }

    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Starts again on the same data and port, once the process has ended. */
    public void restart() {
        process.start();
        Awaitility.await("Kafka to take connections, see " + process.log())
                .atMost(START_WAIT_MAX)
                .pollInterval(Duration.ofMillis(100))
                .failFast("Kafka ended while starting, see " + process.log(), () -> !process.isAlive())
                .until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
