package kr.hhplus.bench.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/** The service and the baseline, each on a copy of the database, both warm, measured in turn: A B A B. */
final class Duel implements AutoCloseable {

    private final Stage stage;
    private final String name;
    private final Database serviceData;
    private final Database baselineData;
    final HttpServer service;
    final HttpServer baseline;
    private final List<Run> baselineRuns = new ArrayList<>();

    Duel(Stage stage, String name) {
        this.stage = stage;
        this.name = name;
        serviceData = stage.copy(name + "_service");
        baselineData = stage.copy(name + "_baseline");
        service = stage.service(serviceData, name + "-service");
        try {
            baseline = stage.baseline(baselineData, name + "-baseline");
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** Warms up all contenders, then measures round by round, with a reconciliation after each run. */
    void fight(String scenario, int connections, List<Contender> contenders) {
        fight(scenario, connections, contenders, round -> {});
    }

    /** @param also further measurements at the end of each round */
    void fight(String scenario, int connections, List<Contender> contenders, IntConsumer also) {
        fight(contenders, connections, outcome -> List.of(outcome.run(scenario, 0)), also);
    }

    void fight(List<Contender> all, int connections, Function<Stage.Outcome, List<Run>> runs) {
        fight(all, connections, runs, round -> {});
    }

    private void fight(
            List<Contender> all, int connections, Function<Stage.Outcome, List<Run>> runs, IntConsumer also) {
        List<Contender> contenders =
                all.stream().filter(one -> stage.isWanted(one.name())).toList();
        contenders.forEach(contender -> stage.warmUp(contender, connections));
        Pace pace = Pace.closed(
                connections, java.time.Duration.ofSeconds(1), stage.options().seconds("seconds"));
        for (int round = 1; round <= stage.options().number("repetitions"); round++) {
            for (Contender contender : contenders) {
                List<Run> measured = new ArrayList<>();
                for (Run run : runs.apply(stage.measure(contender, pace))) {
                    measured.add(run.inRound(round));
                }
                record(contender, measured);
            }
            also.accept(round);
        }
    }

    void record(Contender contender, List<Run> measured) {
        measured.forEach(stage::record);
        if (contender.server() == service) {
            stage.auditOrDiscard(measured, () -> Stage.audit(service));
        } else if (!contender.name().startsWith("prebuilt")) {
            baselineRuns.addAll(measured);
        } else {
            stage.results().vouchFor(measured);
        }
    }

    @Override
    public void close() {
        service.close();
        try {
            baseline.http().post("/baseline/settle", "{}");
        } finally {
            baseline.close();
        }
        if (!baselineRuns.isEmpty()) {
            stage.auditOrDiscard(baselineRuns, () -> stage.auditAfterwards(baselineData, name + "-audit"));
        }
        stage.databases().drop(serviceData);
        stage.databases().drop(baselineData);
    }
}
