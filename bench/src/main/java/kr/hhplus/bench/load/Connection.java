package kr.hhplus.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A client with one keep-alive connection and at most one request in flight. */
final class Connection {

    private final InetSocketAddress server;
    private final Selector selector;
    final AnswerReader answer = new AnswerReader();
    private SocketChannel channel;
    private SelectionKey key;
    private ByteBuffer unsent;

    /** The request in flight, or null. */
    Shot shot;

    /** When the request was due; latency counts from here. */
    long intendedNanos;

    boolean connected;
    boolean napping;

    Connection(InetSocketAddress server, Selector selector) {
        this.server = server;
        this.selector = selector;
    }

    void open() throws IOException {
        connected = false;
        channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, SelectionKey.OP_CONNECT, this);
        channel.connect(server);
    }

    void finishConnect() throws IOException {
        channel.finishConnect();
        connected = true;
        key.interestOps(SelectionKey.OP_READ);
    }

    void send(Shot next, long intended) throws IOException {
        shot = next;
        intendedNanos = intended;
        answer.reset();
        unsent = ByteBuffer.wrap(next.bytes());
        sendRest();
    }

    void sendRest() throws IOException {
        channel.write(unsent);
        key.interestOps(unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** @return whether the response is complete */
    boolean receive() throws IOException {
        return answer.read(channel);
    }

    void close() {
        connected = false;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Already closed.
        }
    }
}
