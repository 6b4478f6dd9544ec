package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Credentials;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.Http;
import kr.hhplus.bench.servers.HttpServer;

/**
 * Compares the response times of 404 for another user's order and for an order that does not exist. Both are requested
 * in the same run, in random order.
 */
final class Strangers implements Scenario {

    private static final int NO_ORDER = 0;
    private static final int ANOTHERS = 1;
    private static final List<String> NAMES = List.of("no such order", "another's order");
    private static final int OF_EACH = 1_000;
    private static final int CURIOUS = 1;
    private static final int OWNER = 2;

    private final Credentials credentials = new Credentials();

    @Override
    public void play(Stage stage) {
        Database data = stage.copy("strangers");
        try (HttpServer service =
                stage.service(data, "strangers", credentials, List.of("--commerce.rate-limit.enabled=false"))) {
            Shots shots = Shots.around(shots(stage.shop(), service.http()));
            Contender curious =
                    new Contender("service", service, () -> new LoadPlan(shots, NAMES.size()), Counted.REFUSED);
            int connections = stage.options().number("read-connections");
            stage.warmUp(curious, connections);
            Pace pace = Pace.closed(
                    connections, Duration.ofSeconds(1), stage.options().seconds("seconds"));
            for (int round = 1; round <= stage.options().number("repetitions"); round++) {
                Stage.Outcome outcome = stage.measure(curious, pace);
                List<Run> runs = List.of(
                        outcome.ofKind(NAMES.get(NO_ORDER), round, NO_ORDER),
                        outcome.ofKind(NAMES.get(ANOTHERS), round, ANOTHERS));
                runs.forEach(stage::record);
                stage.auditOrDiscard(runs, () -> Stage.audit(service));
            }
        }
        stage.databases().drop(data);
    }

    /** Ids of top-ups come from the same generator as those of orders and are never the id of an order. */
    private List<Shot> shots(Shop shop, Http http) {
        String head = credentials.headLines(CURIOUS);
        List<Shot> shots = new ArrayList<>();
        for (int i = 0; i < OF_EACH; i++) {
            String order =
                    http.post("/orders", shop.hotOrder(OWNER)).path("orderId").asText();
            String charge = http.post("/balance/charge", "{\"userId\":" + OWNER + ",\"amount\":1}")
                    .path("transactionId")
                    .asText();
            shots.add(Shot.get("/orders/" + order, ANOTHERS, head));
            shots.add(Shot.get("/orders/" + charge, NO_ORDER, head));
        }
        Collections.shuffle(shots, new Random(OF_EACH));
        return shots;
    }
}
