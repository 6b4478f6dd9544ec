package kr.hhplus.bench.scenario;

import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.servers.CpuTime;

/** Reads the CPU times of server, database, driver and machine at the start and the end of a window. */
final class Metering {

    private final long server;
    private final long database;
    private long[] before = {};
    private long[] after = {};
    private long residentMb = -1;

    Metering(long server, long database) {
        this.server = server;
        this.database = database;
    }

    void start() {
        before = read();
    }

    void end() {
        after = read();
        residentMb = CpuTime.residentMb(server);
    }

    private long[] read() {
        return new long[] {
            CpuTime.microsOf(server),
            CpuTime.microsOf(database),
            CpuTime.microsOf(ProcessHandle.current().pid()),
            CpuTime.microsOfMachine(),
            System.nanoTime() / 1_000
        };
    }

    Run.Meters meters() {
        long[] used = new long[before.length];
        for (int i = 0; i < used.length; i++) {
            used[i] = after[i] - before[i];
        }
        double available = (double) used[4] * Runtime.getRuntime().availableProcessors();
        double machine = after[3] < 0 ? -1 : used[3] / available;
        return new Run.Meters(used[0], used[1], used[2], used[4] / 1e6, machine, residentMb);
    }
}
