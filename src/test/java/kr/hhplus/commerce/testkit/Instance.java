package kr.hhplus.commerce.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.testkit.servers.ReadyJar;
import kr.hhplus.commerce.testkit.servers.ServerProcess;
import org.awaitility.Awaitility;

/**
 * The built jar as a process of its own, on one port for as long as the tests want it: killed, stopped, frozen and
 * started again. Its output goes to a file under {@code target/servers/logs}.
 */
public final class Instance implements AutoCloseable {

    private static final Duration START_WAIT_MAX = Duration.ofMinutes(4);
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final int port = ServerProcess.freePort();
    private final Client client = new Client(URI.create("http://127.0.0.1:" + port));
    private final ServerProcess process;

    Instance(Path data, List<String> options) {
        this(data, options, Optional.empty());
    }

    /** @param clock what it takes for its machine's wall clock, where that is not the right one */
    Instance(Path data, List<String> options, Optional<WallClock> clock) {
        List<String> command = ReadyJar.command("-Xmx384m", "-Duser.timezone=Asia/Seoul");
        command.add("--server.port=" + port);
        command.add("--commerce.data-dir=" + data);
        command.add("--commerce.wallet.self-charge=true");
        if (options.stream().noneMatch(option -> option.startsWith("--commerce.payment."))) {
            command.add("--commerce.payment.provider=sandbox");
            command.add("--commerce.payment.sandbox-with-credentials=true");
        }
        command.addAll(options);
        process = new ServerProcess(
                "shop-" + ProcessHandle.current().pid() + "-" + STARTED.incrementAndGet(),
                clock.map(wrong -> wrong.with(command)).orElse(command));
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Speaks to this instance alone. */
    public Client client() {
        return client;
    }

    /** Ends the process with SIGKILL: no hook of the server's runs, no buffer of its own is written. */
    public void kill9() {
        process.kill9();
    }

    /** Asks the process to stop, as an operator or an orchestrator does, and returns at once. */
    public void sigterm() {
        process.sigterm();
    }

    /** Waits for the process to end by itself. */
    public int exitCode(Duration waitMax) {
        return process.exitCode(waitMax);
    }

    /** SIGSTOP: connections stay open, and nobody answers. */
    public void pause() {
        process.pause();
    }

    /** SIGCONT. */
    public void resume() {
        process.resume();
    }

    /** As {@link ServerProcess#limitFiles}. */
    public void limitFiles(long bytesMax) {
        process.limitFiles(bytesMax);
    }

    /** Where its output goes. */
    public Path log() {
        return process.log();
    }

    /** Starts the process, and returns at once. */
    public Instance start() {
        process.start();
        return this;
    }

    /** Waits until it would get traffic. */
    public Instance awaitReady() {
        Awaitility.await("the shop to be ready, see " + process.log())
                .atMost(START_WAIT_MAX)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the shop ended while starting, see " + process.log(), () -> !process.isAlive())
                .until(this::ready);
        return this;
    }

    private boolean ready() throws InterruptedException {
        try {
            return client.attempt(Call.get("/actuator/health/readiness")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the process if it still runs. */
    @Override
    public void close() {
        process.close();
    }
}
