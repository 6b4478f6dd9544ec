package kr.hhplus.commerce.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that runs beside the tests: can be killed, frozen, thawed and started again; never outlives them. */
public final class ServerProcess implements AutoCloseable {

    private static final Path LOGS = Path.of("target", "servers", "logs");
    private static final Duration END_WAIT_MAX = Duration.ofSeconds(60);

    public static final long UNLIMITED = -1;

    private final String name;
    private final List<String> command;
    private final Thread ender = EndOfTests.close(this::end);
    private volatile Process process;

    public ServerProcess(String name, List<String> command) {
        this.name = name;
        this.command = List.copyOf(command);
    }

    public ServerProcess start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs");
        }
        try {
            Files.createDirectories(LOGS);
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path log() {
        return LOGS.resolve(name + ".log");
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL, and its end: nothing of its own is written any more. */
    public void kill9() {
        process.destroyForcibly();
        exitCode(END_WAIT_MAX);
    }

    /** SIGTERM; returns at once. */
    public void sigterm() {
        process.destroy();
    }

    /** Waits for the end of the process. */
    public int exitCode(Duration waitMax) {
        try {
            if (!process.waitFor(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " still runs after " + waitMax + ", see " + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGSTOP: connections stay open, and nobody answers. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    /**
     * Bounds the size of each file that the process writes (RLIMIT_FSIZE): for the process a disk that is full, from
     * one moment to the next and without root. Every write beyond it fails.
     *
     * @param bytesMax {@link #UNLIMITED} takes the bound away again
     */
    public void limitFiles(long bytesMax) {
        String soft = bytesMax == UNLIMITED ? "unlimited" : Long.toString(bytesMax);
        run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + soft + ":unlimited");
    }

    private void signal(String signal) {
        run("kill", "-" + signal, Long.toString(process.pid()));
    }

    private void run(String... command) {
        try {
            Process tool = new ProcessBuilder(command).inheritIO().start();
            if (tool.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " of " + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A port on loopback that is free at this moment. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void end() {
        if (isAlive()) {
            kill9();
        }
    }

    @Override
    public void close() {
        end();
        EndOfTests.forget(ender);
    }
}
