package kr.hhplus.bench.scenario;

import java.nio.charset.StandardCharsets;
import java.util.List;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.report.Run.Counted;

/** Reads, compared with prebuilt responses of the same size on the same HTTP stack. */
final class Reads implements Scenario {

    @Override
    public void play(Stage stage) {
        Shop shop = stage.shop();
        try (Duel duel = new Duel(stage, "reads")) {
            // Creates sales for the best sellers.
            shop.spreadOrders(0).stream()
                    .limit(50)
                    .forEach(order -> duel.service.http().post("/orders", Orders.bodyOf(order)));
            duel(stage, duel, "product page", shop.productPages(0));
            duel(stage, duel, "product list", List.of(Shop.productList(0)));
            duel(stage, duel, "best sellers", List.of(Shop.bestSellers(0)));
            duel(stage, duel, "own balance", shop.balances(0));
        }
    }

    private static void duel(Stage stage, Duel duel, String name, List<Shot> shots) {
        String path = new String(shots.get(0).bytes(), StandardCharsets.US_ASCII).split(" ")[1];
        Prebuilt.put(duel.baseline, "body", duel.service.http().text(path));
        duel.fight(
                name,
                stage.options().number("read-connections"),
                List.of(
                        Contender.sending("service", duel.service, shots, Counted.OK),
                        Contender.sending("baseline", duel.baseline, shots, Counted.OK),
                        Contender.sending("prebuilt", duel.baseline, List.of(Shot.get("/prebuilt/body")), Counted.OK),
                        Contender.sending(
                                "prebuilt servlet", duel.baseline, List.of(Shot.get("/servlet/body")), Counted.OK)));
    }
}
