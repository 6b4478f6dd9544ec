package kr.hhplus.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pages that subscribe to SSE streams, all on one thread. It reads in batches, because a wake-up per message is a cost
 * of the browsers' own machines.
 */
public final class Listeners implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Selector selector;
    private final Thread reader;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private volatile boolean closing;

    /** @param target the path of the stream, as {@code /live?products=1} */
    public Listeners(int port, String target, int count) {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
        try {
            selector = Selector.open();
            for (int i = 0; i < count; i++) {
                SocketChannel page = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                page.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
                page.configureBlocking(false);
                page.register(selector, SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "listeners");
        reader.start();
    }

    /** Bytes received, including headers. */
    public long received() {
        return received.get();
    }

    /** Pages whose stream has ended. */
    public long broken() {
        return broken.get();
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        try {
            while (!closing) {
                Thread.sleep(PAUSE.toMillis());
                selector.selectNow();
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key, buffer.clear());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) throws IOException {
        int read;
        try {
            read = ((SocketChannel) key.channel()).read(buffer);
        } catch (IOException e) {
            read = -1;
        }
        if (read < 0) {
            key.channel().close();
            broken.incrementAndGet();
        } else {
            received.addAndGet(read);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            reader.join();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
