package kr.hhplus.commerce.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
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
class InvalidBodyTests {

    private static final String JSON = "application/json";

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"userId\":1,\"amount\":5",
                "{\"userId\":1,\"userId\":2,\"amount\":5}",
                "{\"userId\":1,\"amount\":5}{}",
                "{\"userId\":1,\"amount\":5} x",
                "{\"userId\":1,\"amount\":05}",
                "{\"userId\":1,\"amount\":NaN}",
                "{'userId':1}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                "{\"userId\":1,\"items\":[{\"productId\":1,]}"
            })
    void isMalformedWhereItCannotBeRead(String body) {
        Reply reply = wire.post("/probe/order", JSON, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(reply.body()).doesNotContain("jackson", "kr.hhplus", "Exception", "trace");
    }

    @Test
    void isMalformedWhereItIsNotUtf8() {
        byte[] broken = "{\"userId\":1,\"note\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] overlong = {'{', '"', 'n', 'o', 't', 'e', '"', ':', '"', (byte) 0xC1, (byte) 0x81, '"', '}'};
        byte[] wide = "{\"userId\":1,\"amount\":5}".getBytes(StandardCharsets.UTF_16BE);
        for (byte[] body : new byte[][] {broken, overlong, wide}) {
            assertThat(wire.post("/probe/order", JSON, body).code()).isEqualTo("MALFORMED_REQUEST");
            assertThat(wire.post("/probe/pay", JSON, body).code()).isEqualTo("MALFORMED_REQUEST");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'userId':1,'amount':'5'}|/amount",
                "{'userId':1,'amount':1.0}|/amount",
                "{'userId':1,'amount':1e2}|/amount",
                "{'userId':1,'amount':true}|/amount",
                "{'userId':1,'amount':''}|/amount",
                "{'userId':1,'amount':[5]}|/amount",
                "{'userId':1,'amount':null}|/amount",
                "{'userId':1}|/amount",
                "{'userId':1,'amount':0}|/amount",
                "{'userId':1,'amount':99999999999}|/amount",
                "{'userId':9223372036854775808,'amount':5}|/userId",
                "{'userId':9007199254740992,'amount':5}|/userId",
                "{'userId':-1,'amount':5}|/userId",
                "{'userId':1,'amount':5,'extra':1}|/extra"
            })
    void pointsAtTheNumberThatDoesNotFit(String body, String pointer) {
        pointsAt(body, pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'userId':1,'amount':5,'note':12}|/note",
                "{'userId':1,'amount':5,'note':true}|/note",
                "{'userId':1,'amount':5,'note':{}}|/note",
                "{'userId':1,'amount':5,'note':'\\ud800'}|/note",
                "{'userId':1,'amount':5,'note':'a\\u0000b'}|/note",
                "{'userId':1,'amount':5,'note':'a\\nb'}|/note",
                "{'userId':1,'amount':5,'gift':'true'}|/gift",
                "{'userId':1,'amount':5,'gift':1}|/gift",
                "{'userId':1,'amount':5,'gift':''}|/gift",
                "{'userId':1,'amount':5,'at':1700000000}|/at",
                "{'userId':1,'amount':5,'at':''}|/at",
                "{'userId':1,'amount':5,'at':'2026-11-22T10:00:00'}|/at",
                "{'userId':1,'amount':5,'at':'2026-13-22T10:00:00Z'}|/at",
                "{'userId':1,'amount':5,'at':'1999-12-31T23:59:59Z'}|/at",
                "{'userId':1,'amount':5,'~/':1}|/~0~1",
                "[]|''",
                "12|''",
                "null|''"
            })
    void pointsAtTheValueThatDoesNotFit(String body, String pointer) {
        pointsAt(body, pointer);
    }

    /** Jackson reads such a name before 2.21 and rejects it as malformed from then on. */
    @Test
    void refusesANameThatIsNoText() {
        Reply reply = wire.post("/probe/pay", JSON, "{\"userId\":1,\"amount\":5,\"\\ud800\":1}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isIn("INVALID_REQUEST", "MALFORMED_REQUEST");
        if (reply.code().equals("INVALID_REQUEST")) {
            assertThat(reply.errors()).containsOnlyKeys("/\uFFFD");
        }
    }

    private void pointsAt(String body, String pointer) {
        Reply reply = wire.post("/probe/pay", JSON, body.replace('\'', '"'));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("INVALID_REQUEST");
        assertThat(reply.errors()).containsOnlyKeys(pointer);
        assertThat(reply.errors().get(pointer)).isNotBlank().doesNotContain("{", "java");
    }

    @Test
    void pointsAtEveryLineThatDoesNotFit() {
        Reply reply = wire.post(
                "/probe/order",
                JSON,
                "{\"items\":[{\"productId\":0,\"quantity\":0},null,{\"productId\":1,\"quantity\":10001}]}");
        assertThat(reply.errors())
                .isEqualTo(Map.of(
                        "/userId", "is required",
                        "/items/0/productId", "must be a whole number from 1 to 9007199254740991",
                        "/items/0/quantity", "must be at least 1",
                        "/items/1", "is required",
                        "/items/2/quantity", "must be at most 10000"));
        assertThat(wire.post("/probe/order", JSON, "{\"userId\":1,\"items\":[{\"productId\":1}]}")
                        .errors())
                .containsOnlyKeys("/items/0/quantity");
        assertThat(wire.post("/probe/order", JSON, "{\"userId\":1,\"items\":[{\"productId\":1,\"quantity\":\"2\"}]}")
                        .errors())
                .containsOnlyKeys("/items/0/quantity");
        assertThat(wire.post("/probe/order", JSON, "{\"userId\":1,\"items\":{}}")
                        .errors())
                .containsOnlyKeys("/items");
    }

    @Test
    void takesWhatFits() {
        Reply reply = wire.post(
                "/probe/pay",
                "application/json; charset=UTF-8",
                "{\"userId\":9007199254740991,\"amount\":5,\"note\":\"\uD83D\uDE00 커피\","
                        + "\"at\":\"2026-11-22T19:00:00+09:00\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("note").asText()).isEqualTo("\uD83D\uDE00 커피");
        assertThat(reply.json().get("at").asText()).isEqualTo("2026-11-22T10:00:00.000Z");
        assertThat(reply.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(wire.post(
                                "/probe/order",
                                JSON,
                                "{\"userId\":1,\"items\":[{\"productId\":1,\"quantity\":1}],\"memo\":\"a\\nb\"}")
                        .status())
                .isEqualTo(200);
    }
}
