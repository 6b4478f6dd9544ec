package kr.hhplus.commerce.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of server-sent events over a socket of its own, so that it can also stop reading, or leave. */
public final class LiveStream implements AutoCloseable {

    private static final int READ_WAIT_MAX_MILLIS = 60_000;
    private static final int SMALL_WINDOW = 4 * 1024;

    private final Socket socket = new Socket();
    private final BufferedReader lines;

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
    public LiveStream(int port, String target) {
        try {
            socket.setReceiveBufferSize(SMALL_WINDOW);
            socket.setSoTimeout(READ_WAIT_MAX_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event; lines between events, and those of the chunked encoding, are passed over. */
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
            while (lines.readLine() != null) {
                // What comes before the end does not matter.
            }
        } catch (IOException broken) {
            if (broken instanceof java.net.SocketTimeoutException) {
                throw new AssertionError("the stream does not end", broken);
            }
        }
    }

    /** The next line, whatever it is; null at the end. */
    public String line() {
        try {
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
