package kr.hhplus.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers as the test wants, by the number of the request. */
final class StubServer implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok";
    static final String LATER = "HTTP/1.1 503 \r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n";

    /** What to answer; may take its time. Null: nothing, ever. An empty text: the connection breaks. */
    interface Script {
        String answer(int request) throws InterruptedException;
    }

    private final ServerSocket socket;
    private final Script script;
    private final AtomicInteger requests = new AtomicInteger();

    StubServer(Script script) throws IOException {
        this.script = script;
        this.socket = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream out = client.getOutputStream();
            String line;
            while ((line = in.readLine()) != null) {
                if (line.isEmpty()) {
                    String answer = script.answer(requests.incrementAndGet());
                    if (answer == null) {
                        Thread.sleep(Long.MAX_VALUE);
                    } else if (answer.isEmpty()) {
                        return;
                    }
                    out.write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException | InterruptedException e) {
            // The client is gone, or the test is over.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
