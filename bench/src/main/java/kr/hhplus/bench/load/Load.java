package kr.hhplus.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Drives a server on loopback from a few threads and counts inside a window that begins after the warm-up. */
public final class Load {

    private final InetSocketAddress server;
    private final int threads;
    private Runnable atStart = () -> {};
    private Runnable atEnd = () -> {};

    public Load(int port, int threads) {
        this.server = new InetSocketAddress("127.0.0.1", port);
        this.threads = threads;
    }

    /** Runs at the start and at the end of the window, to read meters. */
    public Load reading(Runnable start, Runnable end) {
        this.atStart = start;
        this.atEnd = end;
        return this;
    }

    /** N clients, each of which sends its next request after its response. */
    public LoadResult closed(LoadPlan plan, int connections, Duration warmUp, Duration time) {
        Window window = new Window();
        int used = Math.min(threads, connections);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            int share = connections / used + (i < connections % used ? 1 : 0);
            workers.add(worker(() -> new ClosedWorker(plan, window, server, share)));
        }
        return run(workers, window, warmUp, time);
    }

    /** A constant rate of requests, independent of the responses. */
    public LoadResult open(LoadPlan plan, double perSecond, int connections, Duration warmUp, Duration time) {
        Window window = new Window();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int share = Math.max(1, connections / threads);
            workers.add(worker(() -> new OpenWorker(plan, window, server, share, perSecond / threads)));
        }
        return run(workers, window, warmUp, time);
    }

    /** Opens sockets. */
    private interface Opening {
        Worker open() throws IOException;
    }

    private static Worker worker(Opening opening) {
        try {
            return opening.open();
        } catch (IOException e) {
            throw new IllegalStateException("cannot start a driver thread", e);
        }
    }

    private LoadResult run(List<Worker> workers, Window window, Duration warmUp, Duration time) {
        workers.forEach(Worker::connect);
        window.open(warmUp, time);
        List<Thread> running = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Worker worker : workers) {
            Thread thread = new Thread(worker, "driver-" + running.size());
            thread.setUncaughtExceptionHandler((t, failure) -> {
                synchronized (failures) {
                    failures.add(failure);
                }
            });
            running.add(thread);
            thread.start();
        }
        try {
            TimeUnit.NANOSECONDS.sleep(window.startNanos() - System.nanoTime());
            atStart.run();
            while (!window.isOver(System.nanoTime()) && running.stream().anyMatch(Thread::isAlive)) {
                long left = window.endNanos() - System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(20)));
            }
            long ended = System.nanoTime();
            if (!window.isOver(ended)) {
                window.endAt(ended);
            }
            atEnd.run();
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the load", e);
        }
        synchronized (failures) {
            if (!failures.isEmpty()) {
                throw new IllegalStateException("a driver thread failed", failures.get(0));
            }
        }
        return result(workers, window);
    }

    private static LoadResult result(List<Worker> workers, Window window) {
        double seconds = (window.endNanos() - window.startNanos()) / 1e9;
        List<Recorder.Tally> kinds = new ArrayList<>();
        for (int kind = 0; kind < workers.get(0).plan.kinds(); kind++) {
            Recorder.Tally sum = new Recorder.Tally();
            for (Worker worker : workers) {
                sum.add(worker.recorder.tally(kind));
            }
            kinds.add(sum);
        }
        long[] okPerSecond = new long[(int) Math.ceil(seconds)];
        for (Worker worker : workers) {
            long[] theirs = worker.recorder.okPerSecond();
            for (int i = 0; i < Math.min(theirs.length, okPerSecond.length); i++) {
                okPerSecond[i] += theirs[i];
            }
        }
        return new LoadResult(seconds, kinds, okPerSecond);
    }
}
