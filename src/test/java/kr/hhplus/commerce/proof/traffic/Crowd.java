package kr.hhplus.commerce.proof.traffic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections that all begin an order and do not end it, so that each keeps the server's memory for a request. */
public final class Crowd implements AutoCloseable {

    private static final byte[] BEGINNING = """
            POST /orders HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/json\r
            Content-Length: 60\r
            \r
            {"userId":7,\
            """.getBytes(StandardCharsets.US_ASCII);

    private final List<SocketChannel> waiting = new ArrayList<>();
    private final List<SocketChannel> begun = new ArrayList<>();

    /** Asks for the connections and returns at once; the server may leave some of them waiting. */
    public Crowd(URI server, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            waiting.add(channel);
        }
    }

    /** @return how many orders have been begun so far, in all */
    public int begin() throws IOException {
        for (SocketChannel channel : List.copyOf(waiting)) {
            if (channel.finishConnect()) {
                channel.write(ByteBuffer.wrap(BEGINNING));
                waiting.remove(channel);
                begun.add(channel);
            }
        }
        return begun.size();
    }

    /** Whether the server has lost its patience with the one that came first. */
    public boolean isToldOff() throws IOException {
        return begun.get(0).read(ByteBuffer.allocate(1)) != 0;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : waiting) {
            channel.close();
        }
        for (SocketChannel channel : begun) {
            channel.close();
        }
    }
}
