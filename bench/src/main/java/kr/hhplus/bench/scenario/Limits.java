package kr.hhplus.bench.scenario;

import java.util.List;

/** The limit of the database, by orders per transaction. */
final class Limits implements Scenario {

    @Override
    public void play(Stage stage) {
        batches(stage, "batch loop: hot", stage.shop().hot());
        batches(stage, "batch loop: spread", 0);
    }

    private static void batches(Stage stage, String scenario, long hotProduct) {
        List<Integer> sizes = stage.options().numbers("batches");
        stage.results().reference(scenario, BatchLoops.contender(sizes.get(0)));
        try (BatchLoops loops = new BatchLoops(stage, scenario, hotProduct)) {
            for (int round = 1; round <= stage.options().number("repetitions"); round++) {
                for (int size : sizes) {
                    loops.play(size, round);
                }
            }
        }
    }
}
