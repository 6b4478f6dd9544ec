package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.web.openapi.Operation.Example;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Every operation of the document, asked in every way in which a client may write it: the mock answers all of them,
 * whichever short way the real server has for some.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:every-way;MODE=MySQL;DATABASE_TO_LOWER=TRUE;"
                + "CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_DELAY=-1")
@ActiveProfiles("mock")
class EveryMockRouteTests {

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=UTF-8",
            "Application/JSON",
            "application/merge-patch+json",
            "application/x-www-form-urlencoded",
            "text/plain",
            "");
    private static final List<List<String>> HEADERS = List.of(
            List.of(),
            List.of("Accept: application/json"),
            List.of("Accept: */*"),
            List.of("Accept: text/html"),
            List.of("Accept-Language: ko", "Idempotency-Key: a-key"),
            List.of("Authorization: Bearer none", "X-Request-Id: one", "Cookie: session=1.2"));
    private static final List<String> QUERIES = List.of("", "userId=1&amount=1000&campaignId=1", "size=&extra=1");

    private static final Queue<String> REACHED = new ConcurrentLinkedQueue<>();

    /** Sees what gets past the mock into Spring MVC. */
    @TestConfiguration
    static class BehindTheMock implements WebMvcConfigurer {

        @Override
        public void addInterceptors(InterceptorRegistry interceptors) {
            interceptors.addInterceptor(new HandlerInterceptor() {
                @Override
                public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
                    REACHED.add(request.getMethod() + " " + request.getRequestURI());
                    return true;
                }
            });
        }
    }

    private final Wire wire;
    private final JdbcTemplate sql;
    private final OddValues values = new OddValues(
            new Random(17),
            Map.of(
                    "orderId",
                    List.of("06Y426QGC0C00"),
                    "topUpId",
                    List.of("06Y426QGC0C00"),
                    "reservationId",
                    List.of("06Y426QGC0C00"),
                    "provider",
                    List.of("toss"),
                    "name",
                    List.of("someone")));

    @Autowired
    EveryMockRouteTests(@LocalServerPort int port, JdbcTemplate sql) {
        this.wire = new Wire(port);
        this.sql = sql;
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        sql.queryForList("SELECT table_name FROM information_schema.tables WHERE table_schema = SCHEMA()", String.class)
                .forEach(table -> rows.put(table, sql.queryForObject("SELECT COUNT(*) FROM " + table, Long.class)));
        return rows;
    }

    @Test
    void isAnsweredFromTheExamplesAndReachesNothing() throws Exception {
        // The relay and the ranking register themselves in the background.
        Awaitility.await("both consumers").until(() -> rows().get("feed_reader") == 2);
        Map<String, Long> before = rows();
        assertThat(before).containsKeys("orders", "ledger_entry", "idempotency_key");
        List<String> findings = new ArrayList<>();
        int sent = 0;
        for (Operation operation : Contract.OPERATIONS.all()) {
            Example first = operation.examples().get(0);
            OddRequests requests = new OddRequests(operation, values, new Random(18));
            for (String type : TYPES) {
                for (List<String> headers : HEADERS) {
                    for (String query : QUERIES) {
                        RawRequest request = written(requests.fitting(), type, headers, query);
                        Reply reply = request.send(wire);
                        sent++;
                        boolean same = reply.status() == first.status()
                                && new ObjectMapper().readTree(reply.body()).equals(first.body());
                        if (!same) {
                            findings.add(request + " → " + reply.status() + " " + reply.body());
                        }
                    }
                }
            }
        }
        assertThat(findings).as("of %d requests", sent).isEmpty();
        assertThat(REACHED).isEmpty();
        assertThat(rows()).isEqualTo(before);
    }

    private static RawRequest written(RawRequest fitting, String type, List<String> headers, String query) {
        List<String> all = new ArrayList<>(headers);
        if (!type.isEmpty()) {
            all.add("Content-Type: " + type);
        }
        boolean hasBody = !fitting.method().equals("GET");
        byte[] body = fitting.body().length == 0 && hasBody ? "{}".getBytes(StandardCharsets.UTF_8) : fitting.body();
        return new RawRequest(fitting.method(), fitting.path(), query, all, body, false);
    }
}
