package kr.hhplus.commerce.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ProbedServer
class InvalidParametersTests {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @Test
    void takesParametersOfTheQueryOrAForm() {
        Reply query = wire.post("/probe/pay?userId=7&amount=5&note=", FORM, "");
        Reply form = wire.post("/probe/pay?userId=7", FORM, "amount=5&note=%EC%BB%A4%ED%94%BC+x");
        assertThat(query.json().toString()).isEqualTo("{\"userId\":7,\"amount\":5}");
        assertThat(form.json().get("note").asText()).isEqualTo("커피 x");
        assertThat(wire.exchange(Wire.head("POST", "/probe/pay?userId=7&amount=5")
                                .getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userId=7&amount=5&amount=6|''|/amount",
                "userId=7&amount=5|amount=5|/amount",
                "userId=7&amount=0x5|''|/amount",
                "userId=7&amount=%2B5|''|/amount",
                "userId=7&amount=+5|''|/amount",
                "userId=7&amount=5.0|''|/amount",
                "userId=7&amount=%EF%BC%95|''|/amount",
                "userId=7&amount=99999999999|''|/amount",
                "userId=7&amount=99999999999999999999|''|/amount",
                "userId=7&amount=|''|/amount",
                "userId=7|''|/amount",
                "userId=7&amount=5&note=a%00b|''|/note",
                "userId=7&amount=5&gift=yes|''|/gift",
                "userId=7|amount=5&extra=1|/extra",
                "userId=7&amount=5&utm_source=x|''|/utm_source",
                "userId=7&amount=5&extra=|''|/extra",
                "userId=7&extra|amount=5|/extra",
                "userId=7&amount=5&a/b~=1|''|/a~1b~0"
            })
    void isAsStrictWithParameters(String query, String form, String pointer) {
        Reply reply = wire.post("/probe/pay?" + query, FORM, form);
        assertThat(reply.code()).isEqualTo("INVALID_REQUEST");
        assertThat(reply.errors()).containsOnlyKeys(pointer);
    }

    /** A probe of the method has the address of the call that it asks about. */
    @Test
    void leavesProbesOfMethodsAlone() {
        Reply reply = wire.exchange(
                Wire.head("OPTIONS", "/probe/pay?userId=7&extra=1").getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.headers()).containsKey("Allow");
    }

    @Test
    void refusesOneValueInTwoPlaces() {
        Reply reply = wire.post("/probe/pay?userId=8", JSON, "{\"userId\":7,\"amount\":5}");
        assertThat(reply.errors()).isEqualTo(Map.of("/userId", "must be given once"));
    }

    @Test
    void refusesEncodingsThatAreBroken() {
        assertThat(wire.post("/probe/pay?userId=7&amount=%zz", FORM, "").code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(wire.post("/probe/pay?userId=7", FORM, "amount=5&note=%FF").code())
                .isEqualTo("MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "/probe/balance, /userId",
        "/probe/balance?userId=, /userId",
        "/probe/balance?userId=x, /userId",
        "/probe/balance?userId=0x10, /userId",
        "/probe/balance?userId=0, /userId",
        "/probe/balance?userId=1&userId=1, /userId",
        "/probe/things/x, /id",
        "/probe/things/0, /id",
        "/probe/things/1?cursor=, /cursor",
        "/probe/things/1?cursor=x&size=2, /cursor",
        "/probe/things/1?Size=2, /Size",
        "/probe/things/1?=x, /",
        "/probe/things/1?size=1.5, /size",
        "/probe/things/1?size=99999999999, /size"
    })
    void pointsAtTheParameterThatDoesNotFit(String target, String pointer) {
        Reply reply = wire.get(target);
        assertThat(reply.code()).isEqualTo("INVALID_REQUEST");
        assertThat(reply.errors()).containsOnlyKeys(pointer);
    }

    @Test
    void namesAFewUnknownParametersOfVeryMany() {
        String many = IntStream.range(0, 1_000).mapToObj(i -> "x" + i).collect(Collectors.joining("&"));
        Reply reply = wire.get("/probe/things/1?" + many);
        assertThat(reply.code()).isEqualTo("INVALID_REQUEST");
        assertThat(reply.errors()).hasSize(10).containsKey("/x0");
    }

    @Test
    void refusesAnUnknownParameterBesideABody() {
        Reply pay = wire.post("/probe/pay?extra=1", JSON, "{\"userId\":7,\"amount\":5}");
        assertThat(pay.errors()).isEqualTo(Map.of("/extra", "is unknown"));
        Reply order = wire.post("/probe/order?extra=1", JSON, "{\"userId\":7,\"items\":[]}");
        assertThat(order.errors()).isEqualTo(Map.of("/extra", "is unknown"));
    }

    @Test
    void takesAnEmptyParameterForNone() {
        assertThat(wire.get("/probe/things/1?size=").json().get("size").asInt()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/probe//balance?userId=1", "/probe/balance;x=1?userId=1", "/nowhere", "/error", "/probe"})
    void findsNothingAtOtherAddresses(String target) {
        Reply reply = wire.get(target);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("NOT_FOUND");
    }
}
