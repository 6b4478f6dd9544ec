package kr.hhplus.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.servers.Child;
import kr.hhplus.bench.servers.Database;

/** What the database allows: the service's own statements in batches, from one thread, without HTTP around it. */
final class Limits implements Scenario {

    private static final int WARM_UP_SECONDS_MAX = 10;

    @Override
    public void play(Stage stage) {
        batches(stage, "batch loop: hot", stage.shop().hot());
        batches(stage, "batch loop: spread", 0);
    }

    private static void batches(Stage stage, String scenario, long hotProduct) {
        List<Integer> sizes = stage.options().numbers("batches");
        stage.results().reference(scenario, "batches of " + sizes.get(0));
        Database data = stage.copy("limits");
        List<Run> runs = new ArrayList<>();
        for (int round = 1; round <= stage.options().number("repetitions"); round++) {
            for (int size : sizes) {
                Run run = run(stage, data, scenario, size, hotProduct, round);
                stage.record(run);
                runs.add(run);
            }
        }
        stage.auditOrDiscard(runs, () -> stage.auditAfterwards(data, "limits-audit"));
        stage.databases().drop(data);
    }

    private static Run run(Stage stage, Database data, String scenario, int size, long hotProduct, int round) {
        Path result = stage.log("batch-loop").resolveSibling("batch-loop.json");
        int warmUp = Math.min(WARM_UP_SECONDS_MAX, stage.options().number("warm-up"));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "kr.hhplus.bench.baseline.BatchLoop",
                data.tunedUrl(),
                data.user(),
                data.password(),
                Integer.toString(size),
                Integer.toString(warmUp),
                stage.options().text("seconds"),
                stage.shop().products().get(0).toString(),
                Integer.toString(stage.shop().products().size()),
                Long.toString(hotProduct),
                Integer.toString(stage.shop().users()),
                Long.toString(stage.databases().pid()),
                result.toString());
        try (Child child = new Child(stage.log("batch-loop"), command)) {
            if (child.await() != 0) {
                throw new IllegalStateException("the batch loop failed, see " + child.log());
            }
            JsonNode json = new ObjectMapper().readTree(result.toFile());
            return Run.withoutHttp(
                    scenario,
                    "batches of " + size,
                    round,
                    json.path("seconds").asDouble(),
                    json.path("orders").asLong(),
                    new Run.Meters(
                            json.path("clientMicros").asLong(),
                            json.path("databaseMicros").asLong(),
                            0,
                            json.path("seconds").asDouble(),
                            -1,
                            -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
