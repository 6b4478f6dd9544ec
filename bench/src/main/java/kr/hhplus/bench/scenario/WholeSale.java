package kr.hhplus.bench.scenario;

import java.util.List;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.HttpServer;

/** A sale: mostly reads, some coupon requests (a sold-out refusal counts), a few orders. */
final class WholeSale implements Scenario {

    @Override
    public void play(Stage stage) {
        List<Shot> shots = stage.shop().wholeSale();
        try (Duel duel = new Duel(stage, "sale")) {
            duel.fight(
                    List.of(sending("service", duel.service, shots), sending("baseline", duel.baseline, shots)),
                    stage.options().number("connections"),
                    outcome -> List.of(
                            outcome.run("sale", 0),
                            outcome.ofKind("sale: reads", 0, Shop.READ),
                            outcome.ofKind("sale: coupons", 0, Shop.COUPON),
                            outcome.ofKind("sale: orders", 0, Shop.ORDER)));
        }
    }

    private static Contender sending(String name, HttpServer server, List<Shot> shots) {
        Shots around = Shots.around(shots);
        return new Contender(name, server, () -> new LoadPlan(around, 3), Counted.BOTH);
    }
}
