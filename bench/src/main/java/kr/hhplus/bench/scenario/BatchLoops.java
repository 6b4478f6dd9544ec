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

/** The service's own statements in batches, from one thread, without HTTP around it, on a copy of the shop. */
final class BatchLoops implements AutoCloseable {

    private static final int WARM_UP_SECONDS_MAX = 10;

    private final Stage stage;
    private final String scenario;
    private final long hotProduct;
    private Database data;
    private final List<Run> runs = new ArrayList<>();

    /** @param hotProduct the product of all orders, or 0 for spread orders */
    BatchLoops(Stage stage, String scenario, long hotProduct) {
        this.stage = stage;
        this.scenario = scenario;
        this.hotProduct = hotProduct;
    }

    static String contender(int size) {
        return "batches of " + size;
    }

    /** Runs and records one loop with {@code size} orders per transaction. */
    void play(int size, int round) {
        if (data == null) {
            data = stage.copy("limits");
        }
        Run run = run(size, round);
        stage.record(run);
        runs.add(run);
    }

    private Run run(int size, int round) {
        Path result = stage.log("batch-loop").resolveSibling("batch-loop.json");
        int warmUp = Math.min(WARM_UP_SECONDS_MAX, stage.options().number("warm-up"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(stage.options().words("java-options"));
        command.addAll(List.of(
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
                result.toString()));
        try (Child child = new Child(stage.log("batch-loop"), command)) {
            if (child.await() != 0) {
                throw new IllegalStateException("the batch loop failed, see " + child.log());
            }
            JsonNode json = new ObjectMapper().readTree(result.toFile());
            return Run.withoutHttp(
                    scenario,
                    contender(size),
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

    @Override
    public void close() {
        if (data != null) {
            stage.auditOrDiscard(runs, () -> stage.auditAfterwards(data, "limits-audit"));
            stage.databases().drop(data);
        }
    }
}
