package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Credentials;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/** The additional cost of an order with a token and rate limits. */
final class Guarded implements Scenario {

    /** Enough users that none of them reaches a limit. */
    private static final int USERS_MAX = 40_000;

    private final Credentials credentials = new Credentials();

    @Override
    public void play(Stage stage) {
        stage.results().reference("hot, with tokens", "local mode");
        int users = Math.min(USERS_MAX, stage.shop().users());
        Database openData = stage.copy("guarded_open");
        Database guardedData = stage.copy("guarded_tokens");
        try (HttpServer open = stage.service(openData, "guarded-open");
                HttpServer guarded = stage.service(guardedData, "guarded-tokens", credentials, List.of())) {
            List<Contender> contenders = List.of(
                    Contender.sending("local mode", open, shots(stage, users, false), Counted.OK),
                    Contender.sending("tokens and limits", guarded, shots(stage, users, true), Counted.OK));
            int connections = stage.options().number("connections");
            contenders.forEach(contender -> stage.warmUp(contender, connections));
            Pace pace = Pace.closed(
                    connections, Duration.ofSeconds(1), stage.options().seconds("seconds"));
            for (int round = 1; round <= stage.options().number("repetitions"); round++) {
                for (Contender contender : contenders) {
                    Run run = stage.measure(contender, pace).run("hot, with tokens", round);
                    stage.record(run);
                    stage.auditOrDiscard(List.of(run), () -> Stage.audit(contender.server()));
                }
            }
        }
        stage.databases().drop(openData);
        stage.databases().drop(guardedData);
    }

    private List<Shot> shots(Stage stage, int users, boolean tokens) {
        List<Shot> shots = new ArrayList<>(IntStream.rangeClosed(1, users)
                .mapToObj(user ->
                        Shot.post("/orders", stage.shop().hotOrder(user), 0, tokens ? credentials.headLines(user) : ""))
                .toList());
        Collections.shuffle(shots, new Random(users));
        return shots;
    }
}
