package kr.hhplus.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How near the service is to what the processors allow: the CPU of the batch loop, of a prebuilt POST and the driver. */
final class Arithmetic {

    private final List<Row> rows;

    Arithmetic(List<Row> rows) {
        this.rows = rows;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        limit("hot").ifPresent(lines::add);
        limit("spread").ifPresent(lines::add);
        return lines;
    }

    private Optional<String> limit(String scenario) {
        Optional<Row> service = find(scenario, "service");
        Optional<Row> prebuilt = find(scenario, "prebuilt");
        Optional<Row> batches = rows.stream()
                .filter(row -> row.scenario().equals("batch loop: " + scenario))
                .min(Comparator.comparingDouble(
                        row -> row.cpu().server() + row.cpu().database()));
        if (service.isEmpty() || prebuilt.isEmpty() || batches.isEmpty()) {
            return Optional.empty();
        }
        Run.Cpu sql = batches.get().cpu();
        Run.Cpu http = prebuilt.get().cpu();
        int processors = Runtime.getRuntime().availableProcessors();
        double micros = sql.server() + sql.database() + http.server() + http.driver();
        double limit = processors * 1e6 / micros;
        return Optional.of(String.format(
                Locale.ROOT,
                "%s: %s cost %.0f + %.0f µs an order (client + database), a prebuilt POST %.0f µs and the driver %.0f"
                        + " µs a request; %d processors / %.0f µs = %,.0f orders a second. The service reaches %.0f %%.",
                scenario,
                batches.get().contender(),
                sql.server(),
                sql.database(),
                http.server(),
                http.driver(),
                processors,
                micros,
                limit,
                100 * service.get().perSecond() / limit));
    }

    private Optional<Row> find(String scenario, String contender) {
        return rows.stream()
                .filter(row ->
                        row.scenario().equals(scenario) && row.contender().equals(contender))
                .findFirst();
    }
}
