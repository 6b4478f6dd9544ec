package kr.hhplus.commerce.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of server-sent events over a socket of its own, so that it can also stop reading, or leave. */
public final class LiveStream implements AutoCloseable {

    private static final int READ_WAIT_MAX_MILLIS = 60_000;
    private static final int SMALL_WINDOW = 4 * 1024;

    private final Socket socket = new Socket();
    private final InputStream bytes;
    private BufferedReader lines;

    /** One event as it came. */
    public record Event(String name, String data) {

        public JsonNode json() {
            try {
                return new ObjectMapper().readTree(data);
            } catch (IOException e) {
                throw new UncheckedIOException(data, e);
            }
        }
    }

    /** Asks and reads nothing yet. */
    public LiveStream(int port, String target, String... headers) {
        try {
            socket.setReceiveBufferSize(SMALL_WINDOW);
            socket.setSoTimeout(READ_WAIT_MAX_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                    + Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining()) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            bytes = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The status line and the headers. */
    public String head() {
        StringBuilder head = new StringBuilder();
        try {
            for (String line = rawLine(); !line.isEmpty(); line = rawLine()) {
                head.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines = new BufferedReader(new InputStreamReader(new Chunks(), StandardCharsets.UTF_8));
        return head.toString();
    }

    private String rawLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = bytes.read(); b >= 0 && b != '\n'; b = bytes.read()) {
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /** The body without its chunked encoding; ends where that does, or where the connection does. */
    private final class Chunks extends InputStream {

        private int left;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (left == 0) {
                String size = rawLine();
                left = size.isEmpty() ? 0 : Integer.parseInt(size, 16);
            }
            int read = left == 0 ? -1 : bytes.read(to, from, Math.min(length, left));
            if (read > 0) {
                left -= read;
                if (left == 0) {
                    rawLine();
                }
            }
            return read;
        }
    }

    /** The next event; lines between events are passed over. */
    public Event next() {
        String name = "";
        for (String line = line(); line != null; line = line()) {
            if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                return new Event(name, line.substring("data: ".length()));
            }
        }
        throw new AssertionError("the stream has ended");
    }

    /** The next event of this name. */
    public Event next(String name) {
        Event event = next();
        while (!event.name().equals(name)) {
            event = next();
        }
        return event;
    }

    /** Reads to the end, or to the break, of the stream. */
    public void awaitEnd() {
        try {
            while (bytes.read() >= 0) {
                // What comes before the end does not matter.
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the stream does not end", e);
        } catch (IOException broken) {
            // Cut off: an end as well.
            lines = null;
        }
    }

    /** The next line, whatever it is; null at the end. */
    public String line() {
        try {
            if (lines == null) {
                head();
            }
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
