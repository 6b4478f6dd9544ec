package kr.hhplus.commerce.testkit.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** Redis 7.0 as a process on loopback, from the program inside {@code embedded-redis}. Keeps nothing on disk. */
public final class RedisServer implements AutoCloseable {

    private static final Path HOME = Path.of("target", "servers", "redis").toAbsolutePath();
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(30);
    private static final int ANSWER_WAIT_MILLIS = 1_000;

    private final int port = ServerProcess.freePort();
    private final ServerProcess process;

    private RedisServer() {
        process = new ServerProcess(
                "redis-" + port,
                List.of(
                        program().toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--dir",
                        HOME.toString()));
    }

    public static RedisServer start() {
        RedisServer server = new RedisServer();
        server.startAndWait();
        return server;
    }

    private static synchronized Path program() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        String name = "redis-server-7.0.15-" + system + "-" + machine;
        Path program = HOME.resolve(name);
        if (Files.isExecutable(program)) {
            return program;
        }
        try (InputStream in = RedisServer.class.getResourceAsStream("/" + name)) {
            Files.createDirectories(HOME);
            Path copy = Files.createTempFile(HOME, name, ".copy");
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            if (!copy.toFile().setExecutable(true)) {
                throw new IllegalStateException(copy + " cannot be made executable");
            }
            return Files.move(copy, program, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startAndWait() {
        process.start();
        Awaitility.await("Redis to answer, see " + process.log())
                .atMost(START_WAIT_MAX)
                .pollInterval(Duration.ofMillis(20))
                .failFast("Redis ended while starting, see " + process.log(), () -> !process.isAlive())
                .until(this::answers);
    }

    private boolean answers() {
        try {
            return send("PING", 5).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }

    /** Sends one command that is answered with OK. */
    public void command(String command) {
        try {
            String answer = send(command, 3);
            if (!answer.equals("+OK")) {
                throw new IllegalStateException(command + " was answered with " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String send(String command, int length) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_WAIT_MILLIS);
            socket.setSoTimeout(ANSWER_WAIT_MILLIS);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
        }
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public void kill9() {
        process.kill9();
    }

    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Starts again on the same port, once the process has ended; empty, as nothing is kept on disk. */
    public void restart() {
        startAndWait();
    }

    @Override
    public void close() {
        process.close();
    }
}
