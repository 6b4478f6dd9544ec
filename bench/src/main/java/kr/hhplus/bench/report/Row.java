package kr.hhplus.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The runs of one contender: medians, and the minimum and maximum rate.
 *
 * @param timesReference median over the rounds of this contender's rate by the reference's in the same round; NaN where
 *     there is none
 * @param ofPrebuilt the same against the prebuilt answer
 */
public record Row(
        String scenario,
        String contender,
        String load,
        int runs,
        double perSecond,
        double lowest,
        double highest,
        double timesReference,
        double ofPrebuilt,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        Run.Cpu cpu,
        double machineShare,
        long residentMb,
        long overloaded,
        long failed,
        long unanswered) {

    static Row of(List<Run> runs, List<Run> reference, List<Run> prebuilt) {
        Run one = runs.get(0);
        double[] rates = runs.stream().mapToDouble(Run::perSecond).sorted().toArray();
        return new Row(
                one.scenario(),
                one.contender(),
                one.load(),
                runs.size(),
                median(rates),
                rates[0],
                rates[rates.length - 1],
                ratio(runs, reference),
                ratio(runs, prebuilt),
                median(runs, Run::p50Millis),
                median(runs, Run::p99Millis),
                median(runs, Run::p999Millis),
                runs.stream().mapToDouble(Run::maxMillis).max().orElseThrow(),
                new Run.Cpu(
                        median(runs, run -> run.cpu().server()),
                        median(runs, run -> run.cpu().database()),
                        median(runs, run -> run.cpu().driver()),
                        median(runs, run -> run.cpu().driverShare())),
                median(runs, Run::machineShare),
                (long) median(runs, Run::residentMb),
                runs.stream().mapToLong(Run::overloaded).sum(),
                runs.stream().mapToLong(Run::failed).sum(),
                runs.stream().mapToLong(Run::unanswered).sum());
    }

    /** Ratios of neighbouring runs, so that a slow minute of the machine affects both. */
    private static double ratio(List<Run> runs, List<Run> reference) {
        List<Double> ratios = new ArrayList<>();
        for (Run run : runs) {
            reference.stream()
                    .filter(other -> other.round() == run.round() && other.perSecond() > 0)
                    .forEach(other -> ratios.add(run.perSecond() / other.perSecond()));
        }
        return ratios.isEmpty()
                ? Double.NaN
                : median(ratios.stream().mapToDouble(r -> r).sorted().toArray());
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> value) {
        return median(runs.stream().mapToDouble(value).sorted().toArray());
    }

    static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
