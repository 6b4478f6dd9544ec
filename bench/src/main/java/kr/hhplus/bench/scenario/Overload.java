package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/**
 * Finds the knee, where more clients bring no more orders; then runs half of its rate, ten times its clients, twice its
 * rate, and the knee again.
 */
final class Overload implements Scenario {

    /** The knee is the fewest clients that reach this share of the best rate. */
    private static final double KNEE = 0.9;

    /** Thousands of clients start at once: the first wave must be over before the measurement. */
    private static final Duration CROWD_SETTLES = Duration.ofSeconds(10);

    private static final int[] CLIENTS = {8, 16, 32, 64, 128, 256, 512, 1024};

    private record Knee(int clients, double perSecond) {}

    @Override
    public void play(Stage stage) {
        Database data = stage.copy("overload_service");
        stage.results().reference("load", "knee");
        try (HttpServer service = stage.service(data, "overload-service")) {
            Shots orders = Shots.around(stage.shop().spreadOrders(0));
            Contender plain = new Contender("knee", service, () -> new LoadPlan(orders, 1), Counted.OK);
            stage.warmUp(plain, stage.options().number("connections"));
            Knee knee = knee(stage, plain);
            stage.results()
                    .note("the knee: " + knee.clients() + " clients, " + Math.round(knee.perSecond())
                            + " orders a second");
            for (int round = 1; round <= stage.options().number("repetitions"); round++) {
                round(stage, service, orders, knee, round);
            }
        }
        stage.databases().drop(data);
    }

    private static Knee knee(Stage stage, Contender contender) {
        List<Knee> steps = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        Duration time = stage.options().seconds("seconds").dividedBy(2);
        for (int clients : CLIENTS) {
            Run run = stage.measure(contender, Pace.closed(clients, Duration.ofSeconds(2), time))
                    .run("load: clients", 1);
            Run named = run.named("service, " + clients);
            stage.record(named);
            runs.add(named);
            steps.add(new Knee(clients, run.perSecond()));
        }
        stage.auditOrDiscard(runs, () -> Stage.audit(contender.server()));
        double best = steps.stream().mapToDouble(Knee::perSecond).max().orElseThrow();
        return steps.stream()
                .filter(step -> step.perSecond() >= KNEE * best)
                .findFirst()
                .orElseThrow();
    }

    private static void round(Stage stage, HttpServer service, Shots orders, Knee knee, int round) {
        Duration settle = Duration.ofSeconds(2);
        Duration time = stage.options().seconds("seconds");
        int many = stage.options().number("open-connections");
        List<Run> runs = new ArrayList<>();
        runs.add(run(stage, service, orders, "knee", Pace.closed(knee.clients(), settle, time), round));
        Pace half = new Pace(many / 4, knee.perSecond() / 2, settle, time);
        runs.add(run(stage, service, orders, "half the knee", half, round));

        Contender crowd = new Contender(
                "10 x the knee's clients", service, () -> new LoadPlan(orders, 1).honouringRetryAfter(), Counted.OK);
        Stage.Outcome crowded = stage.measure(crowd, Pace.closed(10 * knee.clients(), CROWD_SETTLES, time));
        runs.add(crowded.run("load", round));
        runs.add(crowded.refusals("load: refusals", round));

        Contender flood = new Contender(
                "2 x the knee's rate", service, () -> new LoadPlan(orders, 1).sparingTheProcessor(), Counted.OK);
        Stage.Outcome flooded = stage.measure(flood, new Pace(many, 2 * knee.perSecond(), settle, time));
        runs.add(flooded.run("load", round));
        runs.add(flooded.refusals("load: refusals", round));

        runs.add(run(stage, service, orders, "knee, afterwards", Pace.closed(knee.clients(), settle, time), round));
        runs.forEach(stage::record);
        stage.auditOrDiscard(runs, () -> Stage.audit(service));
    }

    private static Run run(Stage stage, HttpServer service, Shots orders, String name, Pace pace, int round) {
        // Requests that are due within a millisecond are sent together, because busy-waiting would occupy a processor.
        Contender contender =
                new Contender(name, service, () -> new LoadPlan(orders, 1).sparingTheProcessor(), Counted.OK);
        return stage.measure(contender, pace).run("load", round);
    }
}
