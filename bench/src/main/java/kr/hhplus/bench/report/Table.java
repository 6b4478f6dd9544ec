package kr.hhplus.bench.report;

import java.util.List;
import java.util.Locale;

/** The results as a Markdown table. */
public final class Table {

    private static final String HEAD = """
            | scenario | who | load | runs | a second (lowest–highest) | × reference | of prebuilt | p50 ms | p99 ms \
            | p99.9 ms | CPU µs: server + database + driver | driver's share | machine busy | RSS MB | 503 | failed \
            | no answer |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private final Results results;

    public Table(Results results) {
        this.results = results;
    }

    public String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        results.rows().forEach(row -> text.append(line(row)));
        text.append('\n');
        results.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        new Arithmetic(results.runs())
                .lines()
                .forEach(line -> text.append("- ").append(line).append('\n'));
        return text.toString();
    }

    private String line(Row row) {
        String rate =
                String.format(Locale.ROOT, "**%,.0f** (%,.0f–%,.0f)", row.perSecond(), row.lowest(), row.highest());
        boolean isReference = results.referenceOf(row.scenario()).equals(row.contender());
        return "| "
                + String.join(
                        " | ",
                        List.of(
                                row.scenario(),
                                row.contender(),
                                row.load(),
                                Integer.toString(row.runs()),
                                rate,
                                isReference ? "reference" : known("%.2f", row.timesReference()),
                                known("%.0f %%", 100 * row.ofPrebuilt()),
                                known("%.1f", row.p50Millis()),
                                known("%.1f", row.p99Millis()),
                                known("%.1f", row.p999Millis()),
                                cpu(row.cpu()),
                                known("%.0f %%", 100 * row.cpu().driverShare()),
                                known("%.0f %%", 100 * row.machineShare()),
                                known("%.0f", row.residentMb()),
                                Long.toString(row.overloaded()),
                                Long.toString(row.failed()),
                                Long.toString(row.unanswered())))
                + " |\n";
    }

    private static String cpu(Run.Cpu cpu) {
        return cpu.server() < 0
                ? "–"
                : String.format(Locale.ROOT, "%.0f + %.0f + %.0f", cpu.server(), cpu.database(), cpu.driver());
    }

    private static String known(String format, double value) {
        return Double.isNaN(value) || value < 0 ? "–" : String.format(Locale.ROOT, format, value);
    }
}
