package kr.hhplus.commerce.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.response.FastPath.PlainRequest;
import kr.hhplus.commerce.web.server.BufferedRequest;
import kr.hhplus.commerce.web.server.NonBlockingResponse;
import kr.hhplus.commerce.web.server.ResponseWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ServerHttpObservationFilter;

class FastPathTests {

    private static final String PLAIN = "{\"number\":7}";

    record Wish(Long number, String note) implements PlainRequest {

        @Override
        public boolean isPlain(Caller caller) {
            return number != null && number > 0;
        }
    }

    private final ObjectMapper json = new ObjectMapper();
    private final FastPath path = new FastPath(
            json,
            new AsyncResultHandler(
                    json,
                    new ResponseWriter(1, 1_000, Duration.ofSeconds(30), Runnable::run),
                    Runnable::run,
                    Duration.ofSeconds(30)));
    private final MockHttpServletResponse response = new NonBlockingResponse();
    private final List<String> handled = new ArrayList<>();
    private final List<byte[]> leftToMvc = new ArrayList<>();
    private final FilterChain mvc =
            (request, answer) -> leftToMvc.add(request.getInputStream().readAllBytes());
    private CompletableFuture<ResponseEntity<String>> answer =
            CompletableFuture.completedFuture(ResponseEntity.ok("granted"));

    @BeforeEach
    void open() {
        path.open("/wishes", Wish.class, (caller, wish, key) -> {
            handled.add(caller.name() + " " + wish.number() + " " + key);
            return answer;
        });
    }

    private static MockHttpServletRequest post() {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/wishes");
        request.setContentType("application/json");
        return request;
    }

    private void send(MockHttpServletRequest request, String body) throws IOException, ServletException {
        send(request, body.getBytes(StandardCharsets.UTF_8));
    }

    private void send(MockHttpServletRequest request, byte[] body) throws IOException, ServletException {
        path.doFilter(new BufferedRequest(request, body), response, mvc);
    }

    private void assertLeftToMvc(String body) {
        assertThat(handled).isEmpty();
        assertThat(leftToMvc).containsExactly(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*/*", "application/json"})
    void handlesAPlainRequest(String accept) throws Exception {
        MockHttpServletRequest request = post();
        request.addHeader("Idempotency-Key", "k-1");
        if (!accept.isEmpty()) {
            request.addHeader("Accept", accept);
        }
        send(request, PLAIN);
        assertThat(handled).containsExactly("local 7 k-1");
        assertThat(leftToMvc).isEmpty();
        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(response.getContentAsString()).isEqualTo("\"granted\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "[]",
                "{\"number\":0}",
                "{\"number\":null}",
                "{\"number\":\"seven\"}",
                "{\"number\":7,\"price\":1}"
            })
    void leavesABodyThatIsNotPlain(String body) throws Exception {
        send(post(), body);
        assertLeftToMvc(body);
    }

    @Test
    void leavesABodyThatIsNotUtf8() throws Exception {
        byte[] latin = "{\"number\":7,\"note\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        send(post(), latin);
        assertThat(handled).isEmpty();
        assertThat(leftToMvc).containsExactly(latin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0.5", "text/html, */*"})
    void leavesWhoWantsSomethingElse(String accept) throws Exception {
        MockHttpServletRequest request = post();
        request.addHeader("Accept", accept);
        send(request, PLAIN);
        assertLeftToMvc(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json;charset=EUC-KR", "application/x-www-form-urlencoded"})
    void leavesOtherTypes(String type) throws Exception {
        MockHttpServletRequest request = post();
        request.setContentType(type);
        send(request, PLAIN);
        assertThat(handled).isEmpty();
        assertThat(leftToMvc).hasSize(1);
    }

    @Test
    void leavesOtherMethodsPathsAndAQuery() throws Exception {
        MockHttpServletRequest query = post();
        query.setQueryString("number=8");
        MockHttpServletRequest put = post();
        put.setMethod("PUT");
        MockHttpServletRequest elsewhere = post();
        elsewhere.setRequestURI("/wishes/7");
        MockHttpServletRequest twisted = post();
        twisted.setRequestURI("//wishes");
        for (MockHttpServletRequest request : List.of(query, put, elsewhere, twisted)) {
            send(request, PLAIN);
        }
        assertThat(handled).isEmpty();
        assertThat(leftToMvc).hasSize(4);
    }

    @Test
    void leavesTwoLinesOfAccept() throws Exception {
        MockHttpServletRequest request = post();
        request.addHeader("Accept", "*/*");
        request.addHeader("Accept", "text/html");
        send(request, PLAIN);
        assertLeftToMvc(PLAIN);
    }

    @Test
    void isCountedUnderItsPath() throws Exception {
        MockHttpServletRequest request = post();
        ServerRequestObservationContext seen = new ServerRequestObservationContext(request, response);
        request.setAttribute(ServerHttpObservationFilter.CURRENT_OBSERVATION_CONTEXT_ATTRIBUTE, seen);
        send(request, PLAIN);
        assertThat(seen.getPathPattern()).isEqualTo("/wishes");
    }

    @Test
    void leavesWhatTheHandlerRefusesAtOnce() throws Exception {
        path.open("/wishes", Wish.class, (caller, wish, key) -> {
            throw new RefusedException(Refusal.of(ErrorCode.FORBIDDEN));
        });
        send(post(), PLAIN);
        assertLeftToMvc(PLAIN);
    }

    @Test
    void tellsALaterRefusal() throws Exception {
        answer = CompletableFuture.failedFuture(new RefusedException(Refusal.of(ErrorCode.SALE_PAUSED)));
        send(post(), PLAIN);
        assertThat(response.getStatus()).isEqualTo(409);
        assertThat(response.getContentAsString()).contains("SALE_PAUSED");
        assertThat(leftToMvc).isEmpty();
    }
}
