package kr.hhplus.bench.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The CPU time of processes so far, for all threads, as the kernel accounts it. */
public final class CpuTime {

    private static final Path MACHINE = Path.of("/proc/stat");
    /** The kernel's unit of accounting, the same on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private CpuTime() {}

    /** In microseconds. On Linux this is utime + stime of /proc/PID/stat, in steps of 10 ms. 0 for no process. */
    public static long microsOf(long pid) {
        if (pid == 0) {
            return 0;
        }
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .map(Duration::toNanos)
                        .orElseThrow(() -> new IllegalStateException("no CPU time of process " + pid))
                / 1_000;
    }

    /** The busy time of all processors in microseconds, for all processes; -1 if unknown. */
    public static long microsOfMachine() {
        if (!Files.isReadable(MACHINE)) {
            return -1;
        }
        try {
            String[] fields = Files.readAllLines(MACHINE).get(0).trim().split(" +");
            long ticks = 0;
            // user nice system idle iowait irq softirq steal; guests are in user already.
            for (int i = 1; i <= 8; i++) {
                ticks += i == 4 || i == 5 ? 0 : Long.parseLong(fields[i]);
            }
            return (long) (ticks * 1e6 / TICKS_PER_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory in MB; -1 if unknown. */
    public static long residentMb(long pid) {
        Path status = Path.of("/proc/" + pid + "/status");
        try {
            return Files.isReadable(status)
                    ? Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                            .findFirst()
                            .orElse(-1)
                    : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
