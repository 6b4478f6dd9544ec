package kr.hhplus.commerce.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Speaks HTTP/1.1 byte by byte, so that requests can be sent that no decent client would. */
public final class Wire {

    private final int port;

    public Wire(int port) {
        this.port = port;
    }

    public Reply get(String target, String... headers) {
        return exchange(head("GET", target, headers).getBytes(StandardCharsets.UTF_8));
    }

    public Reply delete(String target, String... headers) {
        return exchange(head("DELETE", target, headers).getBytes(StandardCharsets.UTF_8));
    }

    public Reply post(String target, String type, String body, String... headers) {
        return post(target, type, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Reply post(String target, String type, byte[] body, String... headers) {
        String length = "Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n";
        byte[] head = head("POST", target, headers)
                .replaceFirst("\r\n\r\n$", "\r\n" + length + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
        return exchange(concat(head, body));
    }

    public static String head(String method, String target, String... headers) {
        String host = List.of(headers).stream().anyMatch(h -> h.startsWith("Host:")) ? "" : "Host: localhost\r\n";
        String rest = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return method + " " + target + " HTTP/1.1\r\n" + host + "Connection: close\r\n" + rest + "\r\n";
    }

    public Reply exchange(byte[] request) {
        try (Socket socket = open()) {
            socket.getOutputStream().write(request);
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Reads one reply to the end of the connection. */
    public static Reply read(Socket socket) throws IOException {
        String all = new String(everythingFrom(socket), StandardCharsets.UTF_8);
        int end = all.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no reply: '" + all + "'");
        }
        String[] lines = all.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(":", 2);
            headers.merge(parts[0], parts[1].strip(), (a, b) -> a + ", " + b);
        }
        String body = all.substring(end + 4);
        boolean chunked = "chunked".equals(headers.get("Transfer-Encoding"));
        return new Reply(Integer.parseInt(lines[0].split(" ")[1]), headers, chunked ? dechunked(body) : body);
    }

    /** A server that leaves a body unread ends the connection with a reset, after its reply. */
    private static byte[] everythingFrom(Socket socket) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(received);
        } catch (SocketException reset) {
            if (received.size() == 0) {
                throw reset;
            }
        }
        return received.toByteArray();
    }

    private static String dechunked(String body) {
        StringBuilder whole = new StringBuilder();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            int line = at;
            while (bytes[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(bytes, at, line - at, StandardCharsets.US_ASCII), 16);
            whole.append(new String(bytes, line + 2, size, StandardCharsets.UTF_8));
            at = size == 0 ? bytes.length : line + 2 + size + 2;
        }
        return whole.toString();
    }

    public static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
