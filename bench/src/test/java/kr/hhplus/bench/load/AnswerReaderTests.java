package kr.hhplus.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTests {

    private final AnswerReader reader = new AnswerReader();

    /** Gives one byte at each reading, as the slowest of networks would, and then none. */
    private static final class Drops implements ReadableByteChannel {

        private final byte[] bytes;
        private int given;
        private boolean pause;

        Drops(String text) {
            bytes = text.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read(ByteBuffer target) {
            pause = !pause;
            if (!pause || given == bytes.length) {
                return 0;
            }
            target.put(bytes[given++]);
            return 1;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** @return whether it was complete at its last byte and at none before */
    private boolean completeAtTheEnd(String answer) throws IOException {
        Drops drops = new Drops(answer);
        reader.reset();
        int last = answer.length();
        while (drops.given < last) {
            if (reader.read(drops)) {
                return drops.given == last;
            }
        }
        return false;
    }

    @Test
    void knowsWhereABodyOfKnownLengthEnds() throws IOException {
        assertThat(completeAtTheEnd("HTTP/1.1 201 \r\nLocation: /x\r\ncontent-length: 5\r\n\r\nhello"))
                .isTrue();
        assertThat(reader.status()).isEqualTo(201);
    }

    @Test
    void knowsWhereAChunkedBodyEnds() throws IOException {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertThat(completeAtTheEnd(head + "5\r\nhello\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n"))
                .isTrue();
        assertThat(completeAtTheEnd(head + "0\r\n\r\n")).isTrue();
    }

    @Test
    void aBodyThatLooksLikeAnEndIsNone() throws IOException {
        assertThat(completeAtTheEnd(
                        "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n7\r\n0\r\n\r\n0\r\r\n0\r\n\r\n"))
                .isTrue();
    }

    @Test
    void readsWhatOverloadSays() throws IOException {
        assertThat(completeAtTheEnd(
                        "HTTP/1.1 503 \r\nRetry-After: 12\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                .isTrue();
        assertThat(reader.status()).isEqualTo(503);
        assertThat(reader.retryAfterSeconds()).isEqualTo(12);
        assertThat(reader.closing()).isTrue();
    }

    @Test
    void takesLargeBodies() throws IOException {
        String text = "HTTP/1.1 200 \r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);
        assertThat(reader.read(Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))))
                .isTrue();
    }

    @Test
    void anEndInTheMiddleIsAFailure() {
        String text = "HTTP/1.1 200 \r\nContent-Length: 10\r\n\r\nhalf";
        assertThatThrownBy(() -> reader.read(
                        Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerWithoutLengthIsAFailure() {
        String text = "HTTP/1.1 200 \r\n\r\n";
        assertThatThrownBy(() -> reader.read(
                        Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))))
                .isInstanceOf(IOException.class);
    }
}
