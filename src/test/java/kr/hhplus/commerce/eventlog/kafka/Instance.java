package kr.hhplus.commerce.eventlog.kafka;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import kr.hhplus.commerce.testkit.servers.ReadyJar;
import kr.hhplus.commerce.testkit.servers.ServerProcess;
import org.awaitility.Awaitility;

/** The service as a process, with its relay to Kafka. */
record Instance(ServerProcess process, int port) implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    static Instance start(SharedDatabase database, KafkaBroker broker, String topic) {
        int port = ServerProcess.freePort();
        List<String> command = ReadyJar.command("-Xmx256m");
        command.addAll(List.of(
                "--server.port=" + port,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=sa",
                "--commerce.data-dir=" + Path.of("target", "servers", "instance-" + port),
                "--commerce.events=kafka",
                "--commerce.event-log.topic=" + topic,
                "--commerce.event-log.topic-partitions=3",
                "--commerce.event-log.batch-max=50",
                "--commerce.event-log.lease-duration=2s",
                "--commerce.event-log.backoff-max=1s",
                "--spring.kafka.bootstrap-servers=" + broker.address()));
        Instance instance = new Instance(new ServerProcess("instance-" + port, command).start(), port);
        Awaitility.await("an instance, see " + instance.process.log())
                .atMost(Duration.ofMinutes(3))
                .failFast("ended, see " + instance.process.log(), () -> !instance.process.isAlive())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> instance.get("/actuator/health/liveness").contains("UP"));
        return instance;
    }

    boolean isLeader() throws IOException {
        return get("/actuator/prometheus")
                .lines()
                .anyMatch(line -> line.startsWith("commerce_eventlog_leader") && line.endsWith(" 1.0"));
    }

    String get(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)));
    }

    String post(String path, String body) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
