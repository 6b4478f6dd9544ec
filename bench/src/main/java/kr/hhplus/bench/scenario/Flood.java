package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * Users with tokens order at a constant rate within their limits; in turn with and without a user who floods from one
 * address, and with a flood to a service without rate limits.
 */
final class Flood implements Scenario {

    private static final String ALONE = "alone";
    private static final String FLOODED = "flooded";
    private static final String UNLIMITED = "flooded-unlimited";

    /** The flood goes to a server of prebuilt responses, which shows the cost of the machine alone. */
    private static final String ELSEWHERE = "flooded-elsewhere";

    /** Each orders every two seconds. */
    private static final int POLITE = 600;

    private static final double POLITE_PER_SECOND = 300;
    private static final double FLOOD_PER_SECOND = 1_000;
    private static final int POLITE_CONNECTIONS = 128;
    private static final int FLOOD_CONNECTIONS = 64;
    private static final int WARMING = 20_000;
    private static final Duration SETTLES = Duration.ofSeconds(2);

    /** The flood starts before the measurement and ends after it. */
    private static final Duration LONGER = Duration.ofSeconds(4);

    private static final Shots ELSEWHERE_SHOTS = Shots.around(List.of(Shot.get("/prebuilt/ok")));

    private final Credentials credentials = new Credentials();

    @Override
    public void play(Stage stage) {
        stage.results().reference("flood", ALONE);
        Shots warming = Shots.around(orders(stage, POLITE + 2, WARMING));
        Rounds rounds = new Rounds(stage, Shots.around(orders(stage, 1, POLITE)), order(stage, POLITE + 1));
        Database prebuilt = stage.copy("flood_prebuilt");
        try (Server limited = new Server(stage, "flood_limited", List.of());
                Server unlimited = stage.isWanted(UNLIMITED)
                        ? new Server(stage, "flood_unlimited", List.of("--commerce.rate-limit.enabled=false"))
                        : null;
                HttpServer elsewhere = stage.isWanted(ELSEWHERE) ? stage.baseline(prebuilt, "flood-elsewhere") : null) {
            limited.warmUp(warming, rounds.flood);
            if (unlimited != null) {
                unlimited.warmUp(warming, rounds.flood);
            }
            if (elsewhere != null) {
                warmUp(stage, elsewhere, ELSEWHERE_SHOTS);
            }
            for (int round = 0; round <= stage.options().number("repetitions"); round++) {
                rounds.play(limited.http, ALONE, round);
                rounds.play(limited.http, FLOODED, round);
                if (elsewhere != null) {
                    rounds.play(limited.http, ELSEWHERE, elsewhere, round);
                }
                if (unlimited != null) {
                    rounds.play(unlimited.http, UNLIMITED, round);
                }
            }
            rounds.conclude();
        }
        stage.databases().drop(prebuilt);
    }

    private static void warmUp(Stage stage, HttpServer server, Shots shots) {
        stage.warmUp(new Contender("flood", server, () -> new LoadPlan(shots, 1), Counted.OK), FLOOD_CONNECTIONS);
    }

    /** The service on its copy of the database. */
    private final class Server implements AutoCloseable {

        private final Stage stage;
        private final Database data;
        private final HttpServer http;

        Server(Stage stage, String name, List<String> settings) {
            this.stage = stage;
            data = stage.copy(name);
            http = stage.service(data, name, credentials, settings);
        }

        void warmUp(Shots orders, Shots flood) {
            Flood.warmUp(stage, http, orders);
            Flood.warmUp(stage, http, flood);
        }

        @Override
        public void close() {
            http.close();
            stage.databases().drop(data);
        }
    }

    private List<Shot> orders(Stage stage, int first, int users) {
        return IntStream.range(first, first + users)
                .mapToObj(user -> order(stage, user))
                .toList();
    }

    private Shot order(Stage stage, int user) {
        return Shot.post("/orders", stage.shop().hotOrder(user), 0, credentials.headLines(user));
    }

    /** The measurements of each round. */
    private static final class Rounds {

        private final Stage stage;
        private final Shots polite;
        private final Shots flood;
        private final Map<String, List<Run>> kept = new LinkedHashMap<>();
        private final Recorder.Tally flooder = new Recorder.Tally();

        Rounds(Stage stage, Shots polite, Shot flood) {
            this.stage = stage;
            this.polite = polite;
            this.flood = Shots.around(List.of(flood));
        }

        /** Round 0 warms up the code for floods and does not count. */
        void play(HttpServer server, String name, int round) {
            play(server, name, server, round);
        }

        void play(HttpServer server, String name, HttpServer flooded, int round) {
            if (!stage.isWanted(name)) {
                return;
            }
            boolean floods = !name.equals(ALONE);
            Duration time = stage.options().seconds("seconds");
            CompletableFuture<LoadResult> flooding =
                    floods ? CompletableFuture.supplyAsync(() -> flood(flooded, time)) : null;
            Contender contender = new Contender(name, server, () -> new LoadPlan(polite, 1), Counted.OK);
            Run run = stage.measure(contender, new Pace(POLITE_CONNECTIONS, POLITE_PER_SECOND, SETTLES, time))
                    .run("flood", round);
            LoadResult flood = floods ? flooding.join() : null;
            if (round > 0) {
                keep(server, run, flood);
            }
        }

        private void keep(HttpServer server, Run run, LoadResult flood) {
            List<Run> runs = new ArrayList<>(List.of(run));
            String name = run.contender();
            if (flood != null && !name.equals(ELSEWHERE)) {
                runs.add(Run.of(
                        "flood: the flooder's 429",
                        name,
                        run.round(),
                        String.format(Locale.ROOT, "open, %,.0f/s", FLOOD_PER_SECOND),
                        Counted.LIMITED,
                        flood.all(),
                        flood,
                        Run.Meters.NONE));
            }
            kept.computeIfAbsent(name, unused -> new ArrayList<>()).add(run);
            if (name.equals(FLOODED)) {
                add(flood.all());
            }
            runs.forEach(stage::record);
            stage.auditOrDiscard(runs, () -> Stage.audit(server));
        }

        private LoadResult flood(HttpServer server, Duration time) {
            return new Load(server.port(), 1)
                    .open(
                            new LoadPlan(server.name().equals("baseline") ? ELSEWHERE_SHOTS : flood, 1)
                                    .sparingTheProcessor(),
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
            List<Run> alone = kept.remove(ALONE);
            if (alone == null) {
                return;
            }
            kept.forEach((name, flooded) -> stage.results()
                    .note(String.format(
                            Locale.ROOT,
                            "the others, %s, by alone: p50 %s, p99 %s",
                            name,
                            ratios(flooded, alone, Run::p50Millis),
                            ratios(flooded, alone, Run::p99Millis))));
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

        /** Ratios of neighbouring runs: median, minimum and maximum. */
        private static String ratios(List<Run> flooded, List<Run> alone, ToDoubleFunction<Run> value) {
            double[] ratios = IntStream.range(0, alone.size())
                    .mapToDouble(i -> value.applyAsDouble(flooded.get(i)) / value.applyAsDouble(alone.get(i)))
                    .sorted()
                    .toArray();
            double median = (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2;
            return String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", median, ratios[0], ratios[ratios.length - 1]);
        }
    }
}
