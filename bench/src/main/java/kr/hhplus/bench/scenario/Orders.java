package kr.hhplus.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.report.Run.Counted;

/** Orders in a closed loop, on one hot product or on a thousand. */
final class Orders implements Scenario {

    private final String name;
    private final Function<Shop, List<Shot>> orders;
    private final ToLongFunction<Shop> hotProduct;

    private Orders(String name, Function<Shop, List<Shot>> orders, ToLongFunction<Shop> hotProduct) {
        this.name = name;
        this.orders = orders;
        this.hotProduct = hotProduct;
    }

    static Orders onOneProduct() {
        return new Orders("hot", Shop::hotOrders, Shop::hot);
    }

    static Orders spread() {
        return new Orders("spread", shop -> shop.spreadOrders(0), shop -> 0);
    }

    @Override
    public void play(Stage stage) {
        List<Shot> shots = orders.apply(stage.shop());
        try (Duel duel = new Duel(stage, name);
                BatchLoops loops = new BatchLoops(stage, name, hotProduct.applyAsLong(stage.shop()))) {
            JsonNode answer = duel.service.http().post("/orders", bodyOf(shots.get(0)));
            Prebuilt.put(duel.baseline, "order", answer.toString());
            List<Shot> prebuilt = shots.stream()
                    .map(shot -> Shot.post("/prebuilt/order", bodyOf(shot)))
                    .toList();
            duel.fight(
                    name,
                    stage.options().number("connections"),
                    List.of(
                            Contender.sending("service", duel.service, shots, Counted.OK),
                            Contender.sending("baseline", duel.baseline, shots, Counted.OK),
                            Contender.sending("prebuilt", duel.baseline, prebuilt, Counted.OK)),
                    round -> playLargest(stage, loops, round));
        }
    }

    /** Runs in turn with the others, because the processors' limit changes from minute to minute. */
    private static void playLargest(Stage stage, BatchLoops loops, int round) {
        if (stage.isWanted("batches")) {
            loops.play(Collections.max(stage.options().numbers("batches")), round);
        }
    }

    static String bodyOf(Shot shot) {
        String text = new String(shot.bytes(), java.nio.charset.StandardCharsets.UTF_8);
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
}
