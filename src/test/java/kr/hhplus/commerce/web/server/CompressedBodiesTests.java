package kr.hhplus.commerce.web.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A body with a {@code Content-Encoding}, on every way that a body takes. */
@ProbedServer
class CompressedBodiesTests {

    private static final String JSON = "application/json";
    private static final String PAY = "{\"userId\":7,\"amount\":5}";

    private final Wire wire;

    CompressedBodiesTests(@LocalServerPort int port) {
        wire = new Wire(port);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/probe/pay", "/probe/order", "/orders", "/coupons/issue", "/balance/charge", "/shop/cart"})
    void areRefused(String path) throws IOException {
        Reply reply = wire.post(path, JSON, gzip(PAY), "Content-Encoding: gzip");
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(reply.headers()).containsEntry("accept-encoding", "identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "identity, br", "deflate", "x", "identity\r\nContent-Encoding: gzip"})
    void areRefusedByNameAlone(String coding) {
        assertThat(wire.post("/probe/pay", JSON, PAY, "Content-Encoding: " + coding)
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "Identity", "", "identity, identity"})
    void areTakenWhereTheyAreNotCompressed(String coding) {
        assertThat(wire.post("/probe/pay", JSON, PAY, "Content-Encoding: " + coding)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void sayNothingWhereThereIsNoBody() {
        assertThat(wire.post("/probe/pay?userId=7&amount=5", JSON, "", "Content-Encoding: gzip")
                        .status())
                .isEqualTo(200);
        assertThat(wire.get("/probe/things/1", "Content-Encoding: gzip").status())
                .isEqualTo(200);
    }
}
