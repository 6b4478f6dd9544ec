package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/**
 * Two builds of the service, or one with two sets of options, under the same load in turn: many short runs, so that
 * changes of the machine affect both.
 */
final class Versions implements Scenario {

    private static final String OTHER = "other";
    private static final Map<String, Function<Shop, List<Shot>>> LOADS = Map.of(
            "hot",
            Shop::hotOrders,
            "spread",
            shop -> shop.spreadOrders(0),
            "charge",
            Shop::charges,
            "sale",
            Shop::wholeSale,
            "product",
            shop -> shop.productPages(0),
            "balance",
            shop -> shop.balances(0));

    @Override
    public void play(Stage stage) {
        List<String> loads = stage.options().list("loads");
        if (!LOADS.keySet().containsAll(loads)) {
            throw new IllegalArgumentException("--loads has other words than " + LOADS.keySet());
        }
        Database mine = stage.copy("versions_service");
        Database others = stage.copy("versions_other");
        try (HttpServer service = stage.service(mine, "versions-service");
                HttpServer other = stage.other(others, "versions-other")) {
            for (String load : loads) {
                duel(stage, load, List.of(service, other));
            }
        }
        stage.databases().drop(mine);
        stage.databases().drop(others);
    }

    private static void duel(Stage stage, String load, List<HttpServer> servers) {
        String scenario = "versions: " + load;
        stage.results().reference(scenario, OTHER);
        Shots shots = Shots.around(LOADS.get(load).apply(stage.shop()));
        List<Contender> contenders = new ArrayList<>();
        for (HttpServer server : servers) {
            String name = contenders.isEmpty() ? server.name() : OTHER;
            contenders.add(new Contender(name, server, () -> new LoadPlan(shots, 3), Counted.BOTH));
        }
        int connections = stage.options().number("connections");
        contenders.forEach(contender -> stage.warmUp(contender, connections));
        Pace pace =
                Pace.closed(connections, Duration.ofSeconds(1), stage.options().seconds("seconds"));
        Map<HttpServer, List<Run>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= stage.options().number("repetitions"); round++) {
            for (Contender contender : contenders) {
                Run run = stage.measure(contender, pace).run(scenario, round);
                stage.record(run);
                runs.computeIfAbsent(contender.server(), none -> new ArrayList<>())
                        .add(run);
            }
            // The order alternates between rounds: A B, B A.
            Collections.reverse(contenders);
        }
        // Once, because a reconciliation between the runs would separate them too far.
        boolean both = true;
        for (HttpServer server : servers) {
            both &= stage.auditOrDiscard(runs.get(server), () -> Stage.audit(server));
        }
        if (both) {
            stage.results().note(cpu(scenario, runs.get(servers.get(0)), runs.get(servers.get(1))));
        }
    }

    /** Server and database together. */
    private static String cpu(String scenario, List<Run> runs, List<Run> others) {
        double[] ratios = IntStream.range(0, runs.size())
                .mapToDouble(i -> micros(runs.get(i)) / micros(others.get(i)))
                .sorted()
                .toArray();
        return String.format(
                Locale.ROOT,
                "%s: CPU of an answer, service + database, by the other's: %.3f × (%.3f–%.3f), middle half %.3f–%.3f",
                scenario,
                (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2,
                ratios[0],
                ratios[ratios.length - 1],
                ratios[ratios.length / 4],
                ratios[ratios.length - 1 - ratios.length / 4]);
    }

    private static double micros(Run run) {
        return run.cpu().server() + run.cpu().database();
    }
}
