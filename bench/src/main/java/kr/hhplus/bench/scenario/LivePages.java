package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.List;
import kr.hhplus.bench.load.Listeners;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/** Orders on one product with pages that subscribe to its stock, between two runs without subscribers. */
final class LivePages implements Scenario {

    private static final String ALONE = "nobody listens";

    /** The difference of two equal runs shows the noise of the machine. */
    private static final String ALONE_AGAIN = "nobody listens, again";

    private static final Duration SETTLE = Duration.ofSeconds(2);

    @Override
    public void play(Stage stage) {
        Database data = stage.copy("live_service");
        stage.results().reference("live", ALONE);
        try (HttpServer service = stage.service(data, "live-service")) {
            Shots orders = Shots.around(stage.shop().hotOrders());
            Contender alone = orders(ALONE, service, orders);
            stage.warmUp(alone, stage.options().number("connections"));
            // A warm-up with pages, because they need other compiled code.
            try (Listeners first = listeners(stage, service)) {
                stage.warmUp(alone, stage.options().number("connections"));
                Stage.say("  the pages have received %d KB", first.received() / 1024);
            }
            for (int round = 1; round <= stage.options().number("repetitions"); round++) {
                measure(stage, alone, round);
                listening(stage, service, orders, round);
                measure(stage, orders(ALONE_AGAIN, service, orders), round);
            }
        }
        stage.databases().drop(data);
    }

    private static void listening(Stage stage, HttpServer service, Shots orders, int round) {
        int pages = stage.options().number("pages");
        try (Listeners listeners = listeners(stage, service)) {
            measure(stage, orders(pages + " pages listen", service, orders), round);
            if (listeners.broken() > 0) {
                stage.results().note("too many pages: " + listeners.broken() + " streams ended");
            }
            Stage.say("  %d pages have received %d KB", pages, listeners.received() / 1024);
        }
    }

    private static Contender orders(String name, HttpServer service, Shots orders) {
        return new Contender(name, service, () -> new LoadPlan(orders, 1), Counted.OK);
    }

    private static Listeners listeners(Stage stage, HttpServer service) {
        String target = "/live?products=" + stage.shop().hot();
        return new Listeners(service.port(), target, stage.options().number("pages"));
    }

    private static void measure(Stage stage, Contender contender, int round) {
        Pace pace = Pace.closed(
                stage.options().number("connections"), SETTLE, stage.options().seconds("seconds"));
        Run run = stage.measure(contender, pace).run("live", round);
        stage.record(run);
        stage.auditOrDiscard(List.of(run), () -> Stage.audit(contender.server()));
    }
}
