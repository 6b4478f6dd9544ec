package kr.hhplus.commerce.web.response;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.web.server.ResponseCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class ResponseCacheFilterTests {

    private static final Duration LONG = Duration.ofHours(1);

    private final ResponseCache cache = new ResponseCache(request -> true);
    private final ResponseCacheFilter filter = new ResponseCacheFilter(cache);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void forget() {
        RequestContextHolder.resetRequestAttributes();
    }

    private FilterChain handler(Duration keep, int status) {
        return (request, response) -> {
            RequestContextHolder.setRequestAttributes(new ServletRequestAttributes((HttpServletRequest) request));
            if (keep != null) {
                ResponseCacheFilter.keepUntil(System.nanoTime() + keep.toNanos());
            }
            write(response, status, "{\"asked\":" + asked.incrementAndGet() + "}");
        };
    }

    private static void write(ServletResponse response, int status, String body) throws java.io.IOException {
        ((HttpServletResponse) response).setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static MockHttpServletRequest get(String query) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/products");
        request.setServletPath("/products");
        request.setQueryString(query);
        return request;
    }

    private MockHttpServletResponse ask(MockHttpServletRequest request, FilterChain handler)
            throws java.io.IOException, jakarta.servlet.ServletException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, handler);
        return response;
    }

    @Test
    void givesTheSameBytesToWhoAsksForTheSame() throws Exception {
        String first = ask(get("size=5"), handler(LONG, 200)).getContentAsString();
        MockHttpServletResponse second = ask(get("size=5"), handler(LONG, 200));

        assertThat(first).isEqualTo("{\"asked\":1}");
        assertThat(second.getContentAsString()).isEqualTo(first);
        assertThat(second.getContentType()).isEqualTo("application/json");
        assertThat(second.getContentLength()).isEqualTo(first.length());
        assertThat(second.getHeader("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void asksAnewForAnotherAddress() throws Exception {
        ask(get("size=5"), handler(LONG, 200));
        assertThat(ask(get("size=6"), handler(LONG, 200)).getContentAsString()).isEqualTo("{\"asked\":2}");
        assertThat(ask(get(null), handler(LONG, 200)).getContentAsString()).isEqualTo("{\"asked\":3}");
    }

    @Test
    void asksAnewWhenTheTimeIsOver() throws Exception {
        ask(get("size=5"), handler(Duration.ofNanos(1), 200));
        assertThat(ask(get("size=5"), handler(LONG, 200)).getContentAsString()).isEqualTo("{\"asked\":2}");
    }

    @Test
    void keepsNothingThatNoHandlerAskedToKeep() throws Exception {
        ask(get("size=5"), handler(null, 200));
        ask(get("size=5"), handler(Duration.ZERO, 200));
        assertThat(ask(get("size=5"), handler(LONG, 200)).getContentAsString()).isEqualTo("{\"asked\":3}");
    }

    @Test
    void keepsNoRefusal() throws Exception {
        ask(get("size=-1"), handler(LONG, 400));
        MockHttpServletResponse again = ask(get("size=-1"), handler(LONG, 400));
        assertThat(again.getStatus()).isEqualTo(400);
        assertThat(again.getContentAsString()).isEqualTo("{\"asked\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "application/xml, */*"})
    void leavesToTheHandlerWhoWantsAnotherType(String accept) throws Exception {
        ask(get("size=5"), handler(LONG, 200));
        MockHttpServletRequest request = get("size=5");
        request.addHeader("Accept", accept);
        assertThat(ask(request, handler(LONG, 200)).getContentAsString()).isEqualTo("{\"asked\":2}");
    }

    @Test
    void leavesToTheHandlerWhatIsNotAnnotated() throws Exception {
        ResponseCacheFilter off = new ResponseCacheFilter(new ResponseCache(request -> false));
        off.doFilter(get("size=5"), new MockHttpServletResponse(), handler(LONG, 200));
        off.doFilter(get("size=5"), new MockHttpServletResponse(), handler(LONG, 200));
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PATCH"})
    void leavesToTheHandlerWhatIsNoRead(String method) throws Exception {
        ask(get("size=5"), handler(LONG, 200));
        MockHttpServletRequest request = get("size=5");
        request.setMethod(method);
        ask(request, handler(LONG, 200));
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//products", "/products;x=1", "/%70roducts"})
    void leavesToTheHandlerWhoSpellsThePathInAnotherWay(String path) throws Exception {
        ask(get("size=5"), handler(LONG, 200));
        MockHttpServletRequest request = get("size=5");
        request.setRequestURI(path);
        assertThat(ask(request, handler(LONG, 200)).getContentAsString()).isEqualTo("{\"asked\":2}");
    }

    @Test
    void keepsTheNewerOfTwoThatCrossed() throws Exception {
        FilterChain slow = (request, response) -> {
            // Meanwhile somebody else has asked, and has got a newer one.
            ask(get("size=5"), handler(Duration.ofHours(2), 200));
            handler(LONG, 200).doFilter(request, response);
        };
        filter.doFilter(get("size=5"), new MockHttpServletResponse(), slow);
        assertThat(ask(get("size=5"), handler(LONG, 200)).getContentAsString()).isEqualTo("{\"asked\":1}");
    }

    @Test
    void neverKeepsMoreThanItsBound() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            ask(get("size=" + i), handler(LONG, 200));
        }
        cache.entries().cleanUp();
        assertThat(cache.entries().estimatedSize()).isLessThanOrEqualTo(256);
    }
}
