package kr.hhplus.commerce.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One Kafka broker in KRaft mode, a process of its own on this machine alone, so that it can be killed and paused. */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(2);

    private static final String CONFIGURATION = """
            process.roles=broker,controller
            node.id=1
            controller.quorum.voters=1@127.0.0.1:%2$d
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            controller.listener.names=CONTROLLER
            log.dirs=%3$s
            auto.create.topics.enable=false
            num.partitions=3
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            group.initial.rebalance.delay.ms=0
            """;

    private static final String QUIET = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %-5level %logger{1} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    private final Path home;
    private final int port;
    private Process process;

    private KafkaBroker(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /** Starts one on free ports, with nothing in it, and returns when it takes connections. */
    public static KafkaBroker start() {
        try {
            Path servers = Files.createDirectories(Path.of("target", "servers"));
            Path home = Files.createTempDirectory(servers, "kafka-").toAbsolutePath();
            int port = freePort();
            String data = home.resolve("data").toString().replace('\\', '/');
            Files.writeString(home.resolve("server.properties"), CONFIGURATION.formatted(port, freePort(), data));
            Files.writeString(home.resolve("logback.xml"), QUIET);
            KafkaBroker broker = new KafkaBroker(home, port);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
            broker.format();
            broker.restart();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code host:port}, for {@code spring.kafka.bootstrap-servers}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Ends it as a power cut would. */
    public void kill9() {
        process.destroyForcibly().onExit().join();
    }

    /** Stops it in its tracks: connections stay open, and nothing answers. */
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /** Starts it again, with the same data on the same port. */
    public void restart() {
        process = java(
                "-Xmx384m", "kafka.Kafka", home.resolve("server.properties").toString());
        Instant until = Instant.now().plus(START_MAX);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(until)) {
                throw new IllegalStateException("Kafka does not start; see " + home.resolve("output.log"));
            }
            sleep();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill9();
        }
    }

    private void format() {
        String configuration = home.resolve("server.properties").toString();
        Process format = java(
                "-Xmx128m", "kafka.tools.StorageTool", "format", "-t", "S2Fma2FCcm9rZXJPZlRlcw", "-c", configuration);
        if (format.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("Kafka's storage cannot be made; see " + home.resolve("output.log"));
        }
    }

    private Process java(String memory, String... mainAndArguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                memory,
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + home.resolve("logback.xml"),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(mainAndArguments));
        File output = home.resolve("output.log").toFile();
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("the signal " + name + " was not taken");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
