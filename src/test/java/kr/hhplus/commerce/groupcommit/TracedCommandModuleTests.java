package kr.hhplus.commerce.groupcommit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** A shop with a trace collector: an order's trace goes from its request through the queue to its commit. */
@ServedShop
@AutoConfigureObservability
@TestPropertySource(properties = "management.tracing.sampling.probability=1")
@DirtiesContext // Or it would go on to export into the output of other tests, after its collector has stopped.
class TracedCommandModuleTests {

    private static final Queue<String> EXPORTED = new ConcurrentLinkedQueue<>();
    private static final HttpServer COLLECTOR = collector();
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @TestConfiguration
    static class Spans {
        @Bean
        InMemorySpanExporter spans() {
            return InMemorySpanExporter.create();
        }
    }

    @Autowired
    private InMemorySpanExporter spans;

    @Autowired
    private SdkTracerProvider tracing;

    private final Wire wire;
    private final Given given;

    TracedCommandModuleTests(@LocalServerPort int port) {
        wire = new Wire(port);
        given = new Given(new Client(URI.create("http://127.0.0.1:" + port)));
    }

    private static HttpServer collector() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                EXPORTED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @DynamicPropertySource
    static void endpoint(DynamicPropertyRegistry properties) {
        int port = COLLECTOR.getAddress().getPort();
        properties.add("management.otlp.tracing.endpoint", () -> "http://127.0.0.1:" + port + "/v1/traces");
    }

    @AfterAll
    static void stop() {
        COLLECTOR.stop(0);
    }

    private void order(String accept, String... headers) {
        long product = given.aProduct().price(100).stock(10).onSale();
        long user = given.aUserWithBalance(1_000);
        String body = "{\"userId\":" + user + ",\"items\":[{\"productId\":" + product + ",\"quantity\":1}]}";
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Accept: " + accept;
        assertThat(wire.post("/orders", "application/json", body, all).status()).isEqualTo(201);
    }

    /** The span of the request ends after its response, so the last span is awaited. */
    private List<SpanData> spansOf(String trace) {
        return org.awaitility.Awaitility.await()
                .until(
                        () -> {
                            tracing.forceFlush().join(10, TimeUnit.SECONDS);
                            return spans.getFinishedSpanItems().stream()
                                    .filter(span -> span.getTraceId().equals(trace))
                                    .toList();
                        },
                        found -> found.stream().anyMatch(span -> span.getName().startsWith("http ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json, text/html;q=0.1"})
    void hasTheRequestTheWaitAndTheCommit(String accept) {
        spans.reset();
        order(accept, "traceparent: 00-" + TRACE + "-b7ad6b7169203331-01", "X-Request-Id: r-traced");
        List<SpanData> trace = spansOf(TRACE);
        assertThat(trace)
                .extracting(SpanData::getName)
                .containsExactlyInAnyOrder("http post /orders", "order queued", "order commit");
        SpanData request = named("http post /orders", trace);
        for (SpanData span : List.of(named("order queued", trace), named("order commit", trace))) {
            assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
            assertThat(span.getAttributes().get(AttributeKey.stringKey("queue")))
                    .isEqualTo("order");
            assertThat(span.getAttributes().get(AttributeKey.stringKey("request.id")))
                    .isEqualTo("r-traced");
        }
        assertThat(named("order commit", trace).getAttributes().get(AttributeKey.stringKey("batch.size")))
                .isEqualTo("1");
    }

    private static SpanData named(String name, List<SpanData> spans) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isExportedToTheEndpointThatOnePropertyNames() {
        order("application/json");
        tracing.forceFlush().join(10, TimeUnit.SECONDS);
        assertThat(String.join("", EXPORTED)).contains("order queued", "order commit", "hhplus-ecommerce");
    }

    /** The observations are for traces alone; the timers are there with and without them. */
    @Test
    void addsNoMetrics() {
        order("application/json");
        assertThat(wire.get("/actuator/prometheus").body())
                .contains("commerce_groupcommit_commit_seconds_bucket")
                .doesNotContain("commerce_command");
    }
}
