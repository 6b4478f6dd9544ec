package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.util.List;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.HttpServer;

/** Many users request one of a few coupons: the rate of issues, then the rate of refusals. */
final class Rush implements Scenario {

    /** Rushes that warm up the coupon path. */
    static final int WARM_UPS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public void play(Stage stage) {
        try (Duel duel = new Duel(stage, "rush")) {
            Prebuilt.put(duel.baseline, "refusal", REFUSAL);
            int rounds = stage.options().number("repetitions");
            for (int i = 0; i < WARM_UPS + rounds; i++) {
                long campaign = stage.shop().campaigns().get(i);
                List<Shot> claims = stage.shop().claims(campaign, 0);
                boolean counts = i >= WARM_UPS;
                int round = i - WARM_UPS + 1;
                rush(stage, duel, "service", duel.service, claims, counts, round);
                rush(stage, duel, "baseline", duel.baseline, claims, counts, round);
                prebuilt(stage, duel, claims, counts, round);
            }
        }
    }

    private static final String REFUSAL = "{\"type\":\"about:blank\",\"title\":\"The coupons are gone\",\"status\":409,"
            + "\"detail\":\"Every coupon of this campaign has been issued\",\"instance\":\"/coupons/issue\","
            + "\"code\":\"COUPON_SOLD_OUT\"}";

    private static void rush(
            Stage stage, Duel duel, String name, HttpServer server, List<Shot> claims, boolean counts, int round) {
        if (!stage.isWanted(name)) {
            return;
        }
        int coupons = stage.options().number("coupons");
        int connections = stage.options().number("connections");
        Contender claiming = new Contender(
                name, server, () -> new LoadPlan(Shots.once(claims), 1).untilSuccesses(coupons), Counted.OK);
        Stage.Outcome claimed = stage.measure(claiming, Pace.closed(connections, Duration.ZERO, PATIENCE));
        long issued = claimed.result().all().ok;
        if (issued != coupons) {
            throw new IllegalStateException(name + " gave out " + issued + " of " + coupons + " coupons");
        }
        Contender refused = Contender.sending(name, server, claims, Counted.REFUSED);
        Duration time =
                counts ? stage.options().seconds("seconds") : stage.options().seconds("warm-up");
        Stage.Outcome told = stage.measure(refused, Pace.closed(connections, Duration.ofSeconds(1), time));
        if (told.result().all().ok > 0) {
            stage.results().note(name + " issued " + told.result().all().ok + " coupons too many");
        }
        if (counts) {
            List<Run> runs = List.of(claimed.run("rush: to the last coupon", round), told.run("rush: refusals", round));
            duel.record(claiming, runs);
        }
    }

    private static void prebuilt(Stage stage, Duel duel, List<Shot> claims, boolean counts, int round) {
        if (!stage.isWanted("prebuilt")) {
            return;
        }
        List<Shot> shots = claims.stream()
                .map(claim -> Shot.post("/prebuilt/refusal", Orders.bodyOf(claim)))
                .toList();
        Contender prebuilt = Contender.sending("prebuilt", duel.baseline, shots, Counted.OK);
        Duration time =
                counts ? stage.options().seconds("seconds") : stage.options().seconds("warm-up");
        Stage.Outcome outcome = stage.measure(
                prebuilt, Pace.closed(stage.options().number("connections"), Duration.ofSeconds(1), time));
        if (counts) {
            duel.record(prebuilt, List.of(outcome.run("rush: refusals", round)));
        }
    }
}
