package kr.hhplus.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads one HTTP/1.1 response: status, length and two headers. Everything else is skipped. */
final class AnswerReader {

    private static final int BYTES_MAX = 16 << 20;

    private ByteBuffer in = ByteBuffer.allocate(16 << 10);
    private int scanned;
    private int bodyAt;
    private long length;
    private boolean chunked;
    private int status;
    private boolean closing;
    private long retryAfterSeconds;

    AnswerReader() {
        reset();
    }

    /** Resets the reader. A connection has one request in flight, so no bytes of a next response can be buffered. */
    void reset() {
        in.clear();
        scanned = 0;
        bodyAt = -1;
        length = -1;
        chunked = false;
        status = 0;
        closing = false;
        retryAfterSeconds = -1;
    }

    int status() {
        return status;
    }

    /** Whether the server closes the connection after this response. */
    boolean closing() {
        return closing;
    }

    /** The value of {@code Retry-After}, or -1. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Reads the available bytes and returns whether the response is complete. */
    boolean read(ReadableByteChannel channel) throws IOException {
        while (true) {
            if (!in.hasRemaining()) {
                grow();
            }
            int count = channel.read(in);
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (count == 0) {
                return false;
            }
            if (complete()) {
                return true;
            }
        }
    }

    private void grow() throws IOException {
        if (in.capacity() >= BYTES_MAX) {
            throw new IOException("a response of more than " + BYTES_MAX + " bytes");
        }
        in.flip();
        in = ByteBuffer.allocate(in.capacity() * 2).put(in);
    }

    private boolean complete() throws IOException {
        if (bodyAt < 0 && !head()) {
            return false;
        }
        return chunked ? lastChunk() : in.position() - bodyAt >= length;
    }

    private boolean head() throws IOException {
        byte[] bytes = in.array();
        int end = in.position();
        for (int i = Math.max(scanned, 3); i < end; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n' && bytes[i - 3] == '\r') {
                bodyAt = i + 1;
                scanned = bodyAt;
                headers(bytes);
                return true;
            }
        }
        scanned = end;
        return false;
    }

    private void headers(byte[] bytes) throws IOException {
        status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
        if (bytes[0] != 'H' || status < 100 || status > 599) {
            throw new IOException("not an HTTP/1.1 response");
        }
        int line = next(bytes, 0);
        while (line < bodyAt - 2) {
            header(bytes, line);
            line = next(bytes, line);
        }
        if (!chunked && length < 0) {
            if (status != 204 && status != 304) {
                throw new IOException("a response of unknown length");
            }
            length = 0;
        }
    }

    private static int next(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] != '\n') {
            i++;
        }
        return i + 1;
    }

    private void header(byte[] bytes, int at) {
        if (named(bytes, at, "content-length:")) {
            length = number(bytes, at + 15);
        } else if (named(bytes, at, "transfer-encoding:")) {
            chunked = true;
        } else if (named(bytes, at, "connection:")) {
            closing = value(bytes, at + 11) == 'c';
        } else if (named(bytes, at, "retry-after:")) {
            retryAfterSeconds = number(bytes, at + 12);
        }
    }

    private static boolean named(byte[] bytes, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (lower(bytes[at + i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private static int value(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] == ' ') {
            i++;
        }
        return lower(bytes[i]);
    }

    private static long number(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] == ' ') {
            i++;
        }
        long number = 0;
        while (bytes[i] >= '0' && bytes[i] <= '9') {
            number = number * 10 + bytes[i++] - '0';
        }
        return number;
    }

    /** Skips chunks; {@link #scanned} is the start of the next chunk's length. */
    private boolean lastChunk() {
        byte[] bytes = in.array();
        int end = in.position();
        while (true) {
            int i = scanned;
            int size = 0;
            while (i < end && Character.digit(bytes[i], 16) >= 0) {
                size = size * 16 + Character.digit(bytes[i++], 16);
            }
            while (i < end && bytes[i] != '\n') {
                i++;
            }
            int behind = i + 1 + size + 2;
            if (i >= end || behind > end) {
                return false;
            }
            if (size == 0) {
                return true;
            }
            scanned = behind;
        }
    }
}
