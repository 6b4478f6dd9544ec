package kr.hhplus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.bench.report.Results;
import kr.hhplus.bench.report.ResultsFolder;
import kr.hhplus.bench.report.Table;
import kr.hhplus.bench.scenario.Scenario;
import kr.hhplus.bench.scenario.Stage;
import kr.hhplus.bench.servers.Databases;
import kr.hhplus.bench.servers.Embedded;
import kr.hhplus.bench.servers.MySql;

/** Runs the scenarios one after the other and writes the results after each, so that none is lost. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Options options = Options.of(arguments);
        List<String> names = options.list("scenarios").equals(List.of("all"))
                ? List.of(
                        "hot",
                        "spread",
                        "rush",
                        "charge",
                        "reads",
                        "sale",
                        "overload",
                        "flood",
                        "guarded",
                        "strangers",
                        "limits",
                        "growth")
                : options.list("scenarios");
        for (String name : names) {
            if (!Scenario.ALL.containsKey(name)) {
                throw new IllegalArgumentException(
                        "no scenario is called " + name + "; there are " + Scenario.ALL.keySet());
            }
        }
        Files.createDirectories(options.path("work"));
        Results results = new Results();
        try (Databases databases = databases(options)) {
            ResultsFolder folder = new ResultsFolder(options.path("out"), conditions(options, databases));
            Stage stage = new Stage(options, databases, results);
            stage.prepare();
            for (String name : names) {
                System.out.println("Scenario " + name);
                try {
                    Scenario.ALL.get(name).play(stage);
                } catch (RuntimeException e) {
                    results.note("scenario " + name + " was not finished: " + e);
                    e.printStackTrace();
                }
                results.discardUnaudited();
                folder.write(results);
            }
        }
        System.out.println();
        System.out.print(new Table(results).markdown());
        System.out.println("\nAll of it is in " + options.path("out"));
        System.exit(results.notes().stream().anyMatch(Bench::isBad) ? 1 : 0);
    }

    private static boolean isBad(String note) {
        return note.startsWith("NO NUMBER") || note.contains("was not finished") || note.contains("too many");
    }

    private static Databases databases(Options options) {
        return switch (options.text("database")) {
            case "h2" -> new Embedded(options.path("work"));
            case "mysql" ->
                new MySql(new MySql.Settings(
                        options.path("mysql-home"),
                        options.path("work"),
                        options.text("binlog").equals("on"),
                        options.text("buffer-pool"),
                        options.words("mysql-options")));
            default -> throw new IllegalArgumentException("--database is mysql or h2");
        };
    }

    private static Map<String, String> conditions(Options options, Databases databases) throws IOException {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("when", Instant.now().toString());
        conditions.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        Path load = Path.of("/proc/loadavg");
        if (Files.isReadable(load)) {
            conditions.put("load of the machine before", Files.readString(load).strip());
        }
        conditions.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        conditions.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        conditions.put("database", databases.description());
        conditions.put("service", System.getProperty("bench.service", "unknown"));
        conditions.put(
                "each run",
                options.text("seconds") + " s after a warm-up of " + options.text("warm-up") + " s; "
                        + options.text("repetitions") + " in turn");
        conditions.put("shop", options.text("users") + " users, " + options.text("products") + " products");
        return conditions;
    }
}
