package kr.hhplus.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The service's share of the processors' limit, which is the CPU of the batch loop, of a prebuilt POST and of the
 * driver. Computed per round from neighbouring runs.
 */
final class Arithmetic {

    private final List<Run> runs;

    Arithmetic(List<Run> runs) {
        this.runs = runs;
    }

    private record Round(Run service, Run batches, Run prebuilt) {

        double sql() {
            return batches.cpu().server() + batches.cpu().database();
        }

        double micros() {
            return sql() + prebuilt.cpu().server() + prebuilt.cpu().driver();
        }

        double limit() {
            return Runtime.getRuntime().availableProcessors() * 1e6 / micros();
        }

        double percent() {
            return 100 * service.perSecond() / limit();
        }
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        limit("hot").ifPresent(lines::add);
        limit("spread").ifPresent(lines::add);
        return lines;
    }

    private Optional<String> limit(String scenario) {
        List<Round> rounds = rounds(scenario);
        if (rounds.isEmpty()) {
            return Optional.empty();
        }
        double[] percents = rounds.stream().mapToDouble(Round::percent).sorted().toArray();
        return Optional.of(String.format(
                Locale.ROOT,
                "%s: %s cost %.0f + %.0f µs per order (client + database), a prebuilt POST %.0f µs and the driver %.0f"
                        + " µs a request; %d processors / %.0f µs = %,.0f orders a second. The service reaches %.0f %%"
                        + " (%.0f–%.0f %%) of that. Medians of %d rounds.",
                scenario,
                rounds.get(0).batches().contender(),
                median(rounds.stream()
                        .mapToDouble(round -> round.batches().cpu().server())),
                median(rounds.stream()
                        .mapToDouble(round -> round.batches().cpu().database())),
                median(rounds.stream()
                        .mapToDouble(round -> round.prebuilt().cpu().server())),
                median(rounds.stream()
                        .mapToDouble(round -> round.prebuilt().cpu().driver())),
                Runtime.getRuntime().availableProcessors(),
                median(rounds.stream().mapToDouble(Round::micros)),
                median(rounds.stream().mapToDouble(Round::limit)),
                Row.median(percents),
                percents[0],
                percents[percents.length - 1],
                rounds.size()));
    }

    private static double median(DoubleStream values) {
        return Row.median(values.sorted().toArray());
    }

    private List<Round> rounds(String scenario) {
        return of(scenario, "service"::equals)
                .flatMap(service -> beside(service, name -> name.startsWith("batches of "))
                        .flatMap(batches -> beside(service, "prebuilt"::equals)
                                .map(prebuilt -> new Round(service, batches, prebuilt))))
                .toList();
    }

    private Stream<Run> beside(Run run, Predicate<String> contender) {
        return of(run.scenario(), contender).filter(other -> other.round() == run.round());
    }

    private Stream<Run> of(String scenario, Predicate<String> contender) {
        return runs.stream().filter(run -> run.scenario().equals(scenario) && contender.test(run.contender()));
    }
}
