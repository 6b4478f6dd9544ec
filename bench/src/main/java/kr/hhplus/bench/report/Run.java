package kr.hhplus.bench.report;

import kr.hhplus.bench.load.LoadResult;
import kr.hhplus.bench.load.Recorder;
import org.HdrHistogram.Histogram;

/**
 * One run of one contender. CPU is per counted response.
 *
 * @param counted the responses that make the rate
 * @param overloaded answered with 503
 * @param failed answered with another 5xx, or by a broken connection
 * @param unanswered without a response; in the percentiles with their waiting time
 * @param machineShare the busy share of the machine's processors, for all processes; -1 if unknown
 * @param residentMb of the server, at the end of the run; -1 where unknown
 */
public record Run(
        String scenario,
        String contender,
        int round,
        String load,
        double seconds,
        long counted,
        double perSecond,
        long ok,
        long refused,
        long overloaded,
        long failed,
        long unanswered,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        Cpu cpu,
        double machineShare,
        long residentMb,
        long[] okPerSecond) {

    /** In microseconds per counted response; the driver's also as a share of all processors' time. */
    public record Cpu(double server, double database, double driver, double driverShare) {

        public static final Cpu UNKNOWN = new Cpu(-1, -1, -1, -1);
    }

    /** Which responses make the rate and the latencies. */
    public enum Counted {
        OK,
        REFUSED,
        /** 503 alone. */
        OVERLOADED,
        /** 429 alone. */
        LIMITED,
        BOTH;

        long of(Recorder.Tally tally) {
            return switch (this) {
                case OK -> tally.ok;
                case REFUSED -> tally.refused;
                case OVERLOADED -> tally.overloaded;
                case LIMITED -> tally.limited;
                case BOTH -> tally.ok + tally.refused;
            };
        }

        Histogram latencies(Recorder.Tally tally) {
            Histogram micros = new Histogram(3);
            if (this == OK || this == BOTH) {
                micros.add(tally.okMicros);
            }
            if (this != OK) {
                micros.add(tally.refusedMicros);
            }
            return micros;
        }
    }

    /** Measurements other than responses. */
    public record Meters(
            long serverMicros,
            long databaseMicros,
            long driverMicros,
            double seconds,
            double machineShare,
            long residentMb) {

        public static final Meters NONE = new Meters(-1, -1, -1, 1, -1, -1);

        Cpu per(long counted) {
            if (serverMicros < 0 || counted == 0) {
                return Cpu.UNKNOWN;
            }
            double n = counted;
            double all = seconds * 1e6 * Runtime.getRuntime().availableProcessors();
            return new Cpu(serverMicros / n, databaseMicros / n, driverMicros / n, driverMicros / all);
        }
    }

    /** The driver's measurements of one kind of request, or of all. */
    public static Run of(
            String scenario,
            String contender,
            int round,
            String load,
            Counted counted,
            Recorder.Tally tally,
            LoadResult result,
            Meters meters) {
        long count = counted.of(tally);
        Histogram micros = counted.latencies(tally);
        return new Run(
                scenario,
                contender,
                round,
                load,
                result.seconds(),
                count,
                count / result.seconds(),
                tally.ok,
                tally.refused,
                tally.overloaded,
                tally.failed,
                tally.unanswered,
                micros.getValueAtPercentile(50) / 1e3,
                micros.getValueAtPercentile(99) / 1e3,
                micros.getValueAtPercentile(99.9) / 1e3,
                micros.getMaxValue() / 1e3,
                meters.per(count),
                meters.machineShare(),
                meters.residentMb(),
                result.okPerSecond());
    }

    /** A run without requests and latencies. */
    public static Run withoutHttp(
            String scenario, String contender, int round, double seconds, long count, Meters meters) {
        return new Run(
                scenario,
                contender,
                round,
                "one thread",
                seconds,
                count,
                count / seconds,
                count,
                0,
                0,
                0,
                0,
                -1,
                -1,
                -1,
                -1,
                meters.per(count),
                -1,
                -1,
                new long[0]);
    }

    /** The same with its number in the row of rounds. */
    public Run inRound(int number) {
        return with(contender, number);
    }

    /** The same under another contender's name. */
    public Run named(String name) {
        return with(name, round);
    }

    private Run with(String newContender, int newRound) {
        return new Run(
                scenario,
                newContender,
                newRound,
                load,
                seconds,
                counted,
                perSecond,
                ok,
                refused,
                overloaded,
                failed,
                unanswered,
                p50Millis,
                p99Millis,
                p999Millis,
                maxMillis,
                cpu,
                machineShare,
                residentMb,
                okPerSecond);
    }
}
