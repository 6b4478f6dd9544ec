package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class BufferedResponseTests {

    private final MockHttpServletResponse container = new MockHttpServletResponse();
    private final BufferedResponse response = new BufferedResponse(container);

    private String body() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** The container closes the response of a forward by its writer, unless the stream is taken. */
    @Test
    void hasNoWriterBesideItsStream() throws Exception {
        response.setContentType("application/problem+json");
        response.getOutputStream().write('1');
        assertThatThrownBy(response::getWriter).isInstanceOf(IllegalStateException.class);
        assertThat(container.getContentType()).isEqualTo("application/problem+json");
        assertThat(body()).isEqualTo("1");
    }

    @Test
    void isWrittenAnewOnceItIsReset() throws Exception {
        response.getOutputStream().write('1');
        response.resetBuffer();
        response.getWriter().write("2");
        assertThat(body()).isEqualTo("2");
        response.reset();
        response.getOutputStream().write('3');
        assertThat(body()).isEqualTo("3");
    }

    /** A direct one would be written by the container, in a write that blocks. */
    @Test
    void keepsARedirectInMemoryToo() throws Exception {
        response.getOutputStream().write('1');
        response.sendRedirect("/swagger-ui/index.html");
        assertThat(response.isDirect()).isFalse();
        assertThat(response.isCommitted()).isTrue();
        assertThat(container.isCommitted()).isFalse();
        assertThat(container.getStatus()).isEqualTo(302);
        assertThat(container.getHeader("Location")).isEqualTo("/swagger-ui/index.html");
        assertThat(body()).isEmpty();
    }
}
