package kr.hhplus.commerce.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.ResourceBundle;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@ProbedServer
@ExtendWith(OutputCaptureExtension.class)
class ProblemDocumentTests {

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @Test
    void hasTheMembersOfTheContractInOrder() {
        Reply reply = wire.get("/probe/fail/refused?");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.headers())
                .containsEntry("Content-Type", "application/problem+json")
                .containsEntry("Content-Language", "en")
                .containsEntry("Vary", "Accept-Language")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(reply.body())
                .isEqualTo("{\"type\":\"/problems/insufficient-stock\",\"title\":\"Not enough stock\",\"status\":409,"
                        + "\"detail\":\"Product 7 has 1 left; 3 are required.\",\"instance\":\"/probe/fail/refused\","
                        + "\"code\":\"INSUFFICIENT_STOCK\",\"productId\":7,\"available\":1,\"required\":3}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"ko|ko", "ko-KR,en;q=0.5|ko", "fr, ko;q=0.3|ko", "en, ko;q=0.5|en", "fr|en", "*|en", "x-_!|en"})
    void speaksKoreanOrEnglish(String wanted, String language) {
        Reply reply = wire.get("/probe/fail/refused", "Accept-Language: " + wanted);
        assertThat(reply.headers()).containsEntry("Content-Language", language);
        assertThat(reply.json().get("title").asText())
                .isEqualTo(language.equals("ko") ? "재고가 부족합니다" : "Not enough stock");
        Reply invalid = wire.get("/probe/balance", "Accept-Language: " + wanted);
        assertThat(invalid.errors()).containsEntry("/userId", language.equals("ko") ? "필수 값입니다" : "is required");
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void hasWordsForEveryCodeInBothLanguages(ErrorCode code) {
        assertThat(ProblemTexts.title(code, Locale.ENGLISH)).isNotBlank().isASCII();
        assertThat(ProblemTexts.title(code, Locale.KOREAN)).containsPattern("[가-힣]");
        assertThat(ProblemTexts.detail(Refusal.of(code), Locale.ENGLISH))
                .isNotBlank()
                .doesNotContain("{");
        assertThat(ProblemTexts.detail(Refusal.of(code), Locale.KOREAN))
                .containsPattern("[가-힣]")
                .doesNotContain("{");
    }

    @Test
    void hasNoWordsInOneLanguageOnly() {
        assertThat(ResourceBundle.getBundle("problems", Locale.KOREAN).keySet())
                .isEqualTo(ResourceBundle.getBundle("problems", Locale.ROOT).keySet());
        // keySet() of a bundle includes its parent's keys, so the Korean file is also compared by itself.
        assertThat(ownKeys("problems_ko.properties")).isEqualTo(ownKeys("problems.properties"));
    }

    private static java.util.Set<Object> ownKeys(String file) {
        java.util.Properties own = new java.util.Properties();
        try (var in = ProblemTexts.class.getResourceAsStream("/" + file)) {
            own.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return own.keySet();
    }

    @ParameterizedTest
    @CsvSource({
        "overloaded, 503, OVERLOADED",
        "unavailable, 503, UNAVAILABLE",
        "locked, 503, ROW_LOCKED",
        "unknown, 503, OUTCOME_UNKNOWN",
        "failed, 500, INTERNAL_ERROR",
        "bug, 500, INTERNAL_ERROR",
        "never, 503, OUTCOME_UNKNOWN"
    })
    void tellsWhatACallerMayAssumeAndNothingElse(String kind, int status, String code) {
        Reply reply = wire.get("/probe/fail/" + kind);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.headers().get("Retry-After")).isEqualTo(status == 503 ? "1" : null);
        assertThat(reply.body()).doesNotContain("secret", "Exception", "kr.hhplus");
    }

    @Test
    void logsABugOnceWithTheRequestsId(CapturedOutput output) {
        wire.get("/probe/fail/bug", "X-Request-Id: bug-42");
        assertThat(output.getAll().split("SELECT secret FROM wallet", -1)).hasSize(2);
        // Background tasks of other tests' contexts log to the same output.
        assertThat(output.getAll().lines().filter(line -> line.contains("ERROR") && !line.contains("BackgroundTask")))
                .hasSize(1)
                .allMatch(line -> line.contains("[bug-42] "));
    }

    @Test
    void carriesTheFrameworksOwnRefusals() {
        Reply method = wire.post("/probe/balance", "application/json", "{}");
        assertThat(method.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(method.headers().get("Allow")).contains("GET");
        assertThat(wire.get("/probe/things/1", "Accept: text/html").code()).isEqualTo("NOT_ACCEPTABLE");
        assertThat(wire.get("/probe/fail/refused", "Accept: application/xml").code())
                .isEqualTo("NOT_ACCEPTABLE");
        for (String path : new String[] {"/probe/order", "/probe/pay"}) {
            Reply type = wire.post(path, "text/plain", "userId=1");
            assertThat(type.status()).isEqualTo(415);
            assertThat(type.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
            assertThat(type.headers().get("Accept")).contains("application/json");
            assertThat(wire.post(path, "nonsense", "{}").code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /probe/<x> HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /probe/%2fx HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /probe/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /probe/balance HTTP/1.1\r\n\r\n",
                "GET /probe/balance HTTP/1.1\r\nHost: localhost\r\nBad Header: 1\r\nConnection: close\r\n\r\n",
                "GET /probe/balance HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "NONSENSE\r\n\r\n"
            })
    void replacesTheContainersOwnPage(String request) {
        Reply reply = wire.exchange(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).doesNotContain("<html", "Tomcat", "Exception");
        assertThat(reply.headers()).doesNotContainKey("Server");
        assertThat(reply.json().get("status").asInt()).isEqualTo(400);
        assertThat(reply.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void namesTheRequest() {
        assertThat(wire.get("/probe/things/1", "X-Request-Id: my_id-1").headers())
                .containsEntry("X-Request-Id", "my_id-1");
        assertThat(wire.get("/probe/things/1", "X-Request-Id: no spaces")
                        .headers()
                        .get("X-Request-Id"))
                .matches("[0-9a-f]{16}");
        assertThat(wire.get("/nowhere").headers().get("X-Request-Id")).matches("[0-9a-f]{16}");
    }

    @Test
    void leavesAHandlersOwnCachingAlone() {
        assertThat(wire.get("/probe/balance?userId=1").headers()).containsEntry("Cache-Control", "no-cache");
    }

    @Test
    void comesInTheOrderOfPrecedence() {
        byte[] large = new byte[20_000];
        assertThat(wire.post("/nowhere", "text/plain", "x").code()).isEqualTo("NOT_FOUND");
        assertThat(wire.post("/probe/balance", "text/plain", "x").code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(wire.post("/probe/order", "text/plain", "{").code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(wire.post("/probe/order", "application/json", large).code()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(wire.post("/probe/order", "application/json", "{\"userId\":0,")
                        .code())
                .isEqualTo("MALFORMED_REQUEST");
        assertThat(wire.post("/probe/pay?userId=0&amount=5&note=%FF", "application/json", "")
                        .code())
                .isEqualTo("MALFORMED_REQUEST");
    }
}
