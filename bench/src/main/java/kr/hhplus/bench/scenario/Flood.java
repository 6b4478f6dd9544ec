package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import kr.hhplus.bench.load.Load;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.LoadResult;
import kr.hhplus.bench.load.Recorder;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Credentials;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/**
 * Users with tokens order at a constant rate within their limits; meanwhile one user at one address sends far too much,
 * or does not, or does so where nothing is limited.
 */
final class Flood implements Scenario {

    /** Each orders every two seconds. */
    private static final int POLITE = 600;

    private static final double POLITE_PER_SECOND = 300;
    private static final double FLOOD_PER_SECOND = 1_000;
    private static final int POLITE_CONNECTIONS = 128;
    private static final int FLOOD_CONNECTIONS = 64;
    private static final int WARMING = 20_000;
    private static final Duration SETTLES = Duration.ofSeconds(2);

    /** The flood is there before the others are measured, and until they have been. */
    private static final Duration LONGER = Duration.ofSeconds(4);

    private final Credentials credentials = new Credentials();

    @Override
    public void play(Stage stage) {
        stage.results().reference("flood", "nobody floods");
        Database limitedData = stage.copy("flood_limited");
        Database unlimitedData = stage.copy("flood_unlimited");
        try (HttpServer limited = stage.service(limitedData, "flood-limited", credentials, List.of());
                HttpServer unlimited = stage.service(
                        unlimitedData, "flood-unlimited", credentials, List.of("--commerce.limits.enabled=false"))) {
            Shots warming = Shots.around(orders(stage, POLITE + 2, WARMING));
            for (HttpServer server : List.of(limited, unlimited)) {
                stage.warmUp(new Contender("flood", server, () -> new LoadPlan(warming, 1), Counted.OK), 64);
            }
            Rounds rounds = new Rounds(stage, Shots.around(orders(stage, 1, POLITE)), order(stage, POLITE + 1));
            for (int round = 1; round <= stage.options().number("repetitions"); round++) {
                rounds.play(limited, "nobody floods", false, round);
                rounds.play(limited, "one floods", true, round);
                rounds.play(unlimited, "one floods, no limits", true, round);
            }
            rounds.conclude();
        }
        stage.databases().drop(limitedData);
        stage.databases().drop(unlimitedData);
    }

    private List<Shot> orders(Stage stage, int first, int users) {
        return IntStream.range(first, first + users)
                .mapToObj(user -> order(stage, user))
                .toList();
    }

    private Shot order(Stage stage, int user) {
        return Shot.post("/orders", stage.shop().hotOrder(user), 0, credentials.headLines(user));
    }

    /** What was measured, round after round. */
    private static final class Rounds {

        private final Stage stage;
        private final Shots polite;
        private final Shots flood;
        private final List<Run> alone = new ArrayList<>();
        private final List<Run> beside = new ArrayList<>();
        private final Recorder.Tally flooder = new Recorder.Tally();

        Rounds(Stage stage, Shots polite, Shot flood) {
            this.stage = stage;
            this.polite = polite;
            this.flood = Shots.around(List.of(flood));
        }

        void play(HttpServer server, String name, boolean floods, int round) {
            if (!stage.isWanted(name)) {
                return;
            }
            Duration time = stage.options().seconds("seconds");
            CompletableFuture<LoadResult> flooding =
                    floods ? CompletableFuture.supplyAsync(() -> flood(server, time)) : null;
            Contender contender = new Contender(name, server, () -> new LoadPlan(polite, 1), Counted.OK);
            Run run = stage.measure(contender, new Pace(POLITE_CONNECTIONS, POLITE_PER_SECOND, SETTLES, time))
                    .run("flood", round);
            List<Run> runs = new ArrayList<>(List.of(run));
            if (floods) {
                LoadResult result = flooding.join();
                runs.add(Run.of(
                        "flood: the flooder's 429",
                        name,
                        round,
                        String.format(Locale.ROOT, "open, %,.0f/s", FLOOD_PER_SECOND),
                        Counted.LIMITED,
                        result.all(),
                        result,
                        Run.Meters.NONE));
                if (name.equals("one floods")) {
                    beside.add(run);
                    add(result.all());
                }
            } else {
                alone.add(run);
            }
            runs.forEach(stage::record);
            stage.auditOrDiscard(runs, () -> Stage.audit(server));
        }

        private LoadResult flood(HttpServer server, Duration time) {
            return new Load(server.port(), 1)
                    .open(
                            new LoadPlan(flood, 1).sparingTheProcessor(),
                            FLOOD_PER_SECOND,
                            FLOOD_CONNECTIONS,
                            Duration.ZERO,
                            time.plus(LONGER));
        }

        private void add(Recorder.Tally tally) {
            flooder.ok += tally.ok;
            flooder.limited += tally.limited;
            flooder.refused += tally.refused;
            flooder.overloaded += tally.overloaded;
            flooder.failed += tally.failed;
            flooder.unanswered += tally.unanswered;
        }

        void conclude() {
            if (alone.size() != beside.size() || alone.isEmpty()) {
                return;
            }
            stage.results().note("the others' p50 with the flood by without: " + ratios(Run::p50Millis));
            stage.results().note("the others' p99 with the flood by without: " + ratios(Run::p99Millis));
            long sent = flooder.ok + flooder.refused + flooder.overloaded + flooder.failed + flooder.unanswered;
            stage.results()
                    .note(String.format(
                            Locale.ROOT,
                            "of %,d requests of the flooder %,d got 429, %,d were orders, %,d something else",
                            sent,
                            flooder.limited,
                            flooder.ok,
                            sent - flooder.limited - flooder.ok));
        }

        private String ratios(ToDoubleFunction<Run> value) {
            double[] ratios = IntStream.range(0, alone.size())
                    .mapToDouble(i -> value.applyAsDouble(beside.get(i)) / value.applyAsDouble(alone.get(i)))
                    .sorted()
                    .toArray();
            double median = (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2;
            return String.format(
                    Locale.ROOT,
                    "%.2f (%.2f–%.2f)",
                    median,
                    Arrays.stream(ratios).min().orElseThrow(),
                    Arrays.stream(ratios).max().orElseThrow());
        }
    }
}
