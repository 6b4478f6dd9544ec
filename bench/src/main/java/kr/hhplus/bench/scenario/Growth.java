package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/** One service each on an empty database and on databases with past orders, measured in turn. */
final class Growth implements Scenario {

    private static final String ORDERS = "growth: orders spread";
    private static final String BEST_SELLERS = "growth: best sellers";

    @Override
    public void play(Stage stage) {
        List<Integer> sizes = stage.options().numbers("growth");
        stage.results().reference(ORDERS, name(sizes.get(0)));
        stage.results().reference(BEST_SELLERS, name(sizes.get(0)));
        Map<Integer, Database> databases = new LinkedHashMap<>();
        Map<Integer, HttpServer> services = new LinkedHashMap<>();
        try {
            for (int size : sizes) {
                Database data = stage.copy("growth_" + size);
                databases.put(size, data);
                Stage.say("  writing %,d past orders", size);
                new PastOrders(data, stage.shop()).write(size);
                services.put(size, stage.service(data, "growth-" + size));
            }
            measure(stage, services);
        } finally {
            services.values().forEach(HttpServer::close);
        }
        databases.values().forEach(stage.databases()::drop);
    }

    private static String name(int size) {
        return String.format(Locale.ROOT, "%,d past orders", size);
    }

    private static void measure(Stage stage, Map<Integer, HttpServer> services) {
        List<Contender> orders = contenders(services, stage.shop().spreadOrders(0));
        List<Contender> reads = contenders(services, List.of(Shop.bestSellers(0)));
        int clients = stage.options().number("connections");
        int readers = stage.options().number("read-connections");
        orders.forEach(contender -> stage.warmUp(contender, clients));
        Map<String, List<Run>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= stage.options().number("repetitions"); round++) {
            measure(stage, orders, clients, ORDERS, round, runs);
            measure(stage, reads, readers, BEST_SELLERS, round, runs);
        }
        // Once, because reading ten million orders takes minutes.
        orders.forEach(
                contender -> stage.auditOrDiscard(runs.get(contender.name()), () -> Stage.audit(contender.server())));
    }

    private static List<Contender> contenders(Map<Integer, HttpServer> services, List<Shot> shots) {
        List<Contender> contenders = new ArrayList<>();
        services.forEach((size, service) -> contenders.add(Contender.sending(name(size), service, shots, Counted.OK)));
        return contenders;
    }

    private static void measure(
            Stage stage,
            List<Contender> contenders,
            int connections,
            String scenario,
            int round,
            Map<String, List<Run>> runs) {
        Pace pace =
                Pace.closed(connections, Duration.ofSeconds(1), stage.options().seconds("seconds"));
        for (Contender contender : contenders) {
            Run run = stage.measure(contender, pace).run(scenario, round);
            stage.record(run);
            runs.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(run);
        }
    }
}
