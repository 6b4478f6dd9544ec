package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What never reaches a controller: each refusal keeps its own status, is a problem document, and fills no log. */
@ProbedServer
@ExtendWith(OutputCaptureExtension.class)
class RequestsRefusedByTheContainerTests {

    private static final String LONG = "x".repeat(9_000);
    private static final String HOST = "Host: localhost\r\nConnection: close\r\n";

    @LocalServerPort
    private int port;

    static Stream<Arguments> requests() {
        return Stream.of(
                row("GET /products HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n\r\n", 501, "NOT_IMPLEMENTED"),
                row("POST /orders HTTP/1.1\r\n" + HOST + "Transfer-Encoding: xchunked\r\n\r\n", 501, "NOT_IMPLEMENTED"),
                row("CONNECT localhost:80 HTTP/1.1\r\n" + HOST + "\r\n", 501, "NOT_IMPLEMENTED"),
                row("GET /products HTTP/1.2\r\n" + HOST + "\r\n", 505, "HTTP_VERSION_NOT_SUPPORTED"),
                row("GET /products HTTP/2.0\r\n" + HOST + "\r\n", 505, "HTTP_VERSION_NOT_SUPPORTED"),
                row("GET /products HTTP/9\r\n" + HOST + "\r\n", 505, "HTTP_VERSION_NOT_SUPPORTED"),
                row("TRACE /products HTTP/1.1\r\n" + HOST + "\r\n", 405, "METHOD_NOT_ALLOWED"),
                row("CONNECT /products HTTP/1.1\r\n" + HOST + "\r\n", 501, "NOT_IMPLEMENTED"),
                row("BREW /products HTTP/1.1\r\n" + HOST + "\r\n", 405, "METHOD_NOT_ALLOWED"),
                row("BR{EW /products HTTP/1.1\r\n" + HOST + "\r\n", 400, "MALFORMED_REQUEST"),
                row("nonsense\r\n\r\n", 400, "MALFORMED_REQUEST"),
                row("GET products HTTP/1.1\r\n" + HOST + "\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /a|b HTTP/1.1\r\n" + HOST + "\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /%zz HTTP/1.1\r\n" + HOST + "\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /%2e%2e/x/../../.. HTTP/1.1\r\n" + HOST + "\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /a%2Fb HTTP/1.1\r\n" + HOST + "\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /products HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /products HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /products HTTP/1.1\r\n" + HOST + HOST + "\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /products HTTP/1.1\r\n" + HOST + "A b: c\r\n\r\n", 400, "MALFORMED_REQUEST"),
                row("GET /products HTTP/1.1\r\n" + HOST + "Content-Length: x\r\n\r\n", 400, "MALFORMED_REQUEST"),
                row(
                        "POST /orders HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n1",
                        400,
                        "MALFORMED_REQUEST"),
                row("GET /products HTTP/1.1\r\n" + HOST + "Expect: miracles\r\n\r\n", 417, "EXPECTATION_FAILED"),
                row("GET /" + LONG + " HTTP/1.1\r\n" + HOST + "\r\n", 414, "URI_TOO_LONG"),
                row("GET /products?q=" + LONG + " HTTP/1.1\r\n" + HOST + "\r\n", 414, "URI_TOO_LONG"),
                row("GET /products HTTP/1.1\r\n" + HOST + "X-Long: " + LONG + "\r\n\r\n", 431, "HEADERS_TOO_LARGE"),
                row(
                        "GET /products HTTP/1.1\r\n" + HOST + "X-Many: x\r\n".repeat(100) + "\r\n",
                        431,
                        "HEADERS_TOO_LARGE"),
                row(
                        "OPTIONS /products HTTP/1.1\r\n" + HOST
                                + "Origin: http://localhost:3000\r\nAccess-Control-Request-Method: PUT\r\n\r\n",
                        403,
                        "FORBIDDEN"),
                row(
                        "OPTIONS /products HTTP/1.1\r\n" + HOST
                                + "Origin: http://elsewhere\r\nAccess-Control-Request-Method: PUT\r\n\r\n",
                        403,
                        "FORBIDDEN"));
    }

    private static Arguments row(String request, int status, String code) {
        return Arguments.of(request, status, code);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void keepTheirStatusAsProblemDocuments(String request, int status, String code, CapturedOutput output) {
        Reply reply = new Wire(port).exchange(request.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status() + " " + reply.headers().get("Content-Type") + " " + reply.body())
                .startsWith(status + " application/problem+json {");
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(output.getAll().lines()).noneMatch(line -> line.contains("ERROR") || line.startsWith("\tat "));
    }

    @Test
    void haveNoBodyWhereTheHeadAloneWasAskedFor() {
        for (String head : List.of(
                "HEAD /products HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n\r\n",
                "HEAD /products HTTP/1.2\r\n" + HOST + "\r\n",
                "HEAD /" + LONG + " HTTP/1.1\r\n" + HOST + "\r\n")) {
            Reply reply = new Wire(port).exchange(head.getBytes(StandardCharsets.UTF_8));
            assertThat(reply.status()).isGreaterThanOrEqualTo(400);
            assertThat(reply.headers()).containsEntry("Content-Type", "application/problem+json");
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void areNotThoseThatAskForTheServersMethods() {
        Reply reply =
                new Wire(port).exchange(("OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsKey("Allow");
    }
}
