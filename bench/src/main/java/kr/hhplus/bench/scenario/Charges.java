package kr.hhplus.bench.scenario;

import java.util.List;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.report.Run.Counted;

/** A hundred thousand users top up their balances. */
final class Charges implements Scenario {

    @Override
    public void play(Stage stage) {
        List<Shot> shots = stage.shop().charges();
        try (Duel duel = new Duel(stage, "charge")) {
            duel.fight(
                    "charge",
                    stage.options().number("connections"),
                    List.of(
                            Contender.sending("service", duel.service, shots, Counted.OK),
                            Contender.sending("baseline", duel.baseline, shots, Counted.OK)));
        }
    }
}
