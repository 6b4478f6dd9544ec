package kr.hhplus.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Bar charts of the table: rates with their spread, latencies, and CPU per request. */
final class Charts {

    private static final int WIDTH = 960;
    private static final int LEFT = 300;
    private static final int BARS = 480;
    private static final int LINE = 22;
    private static final int[] COLOURS = {0x2F6DB5, 0xE08A2E, 0x7A7A7A};

    private final List<Row> rows;

    Charts(List<Row> rows) {
        this.rows = rows;
    }

    private record Bar(Row row, List<Double> parts, String label) {

        double length() {
            return parts.stream().mapToDouble(part -> part).sum();
        }
    }

    void write(Path folder) throws IOException {
        draw(
                        "Responses a second: median, minimum and maximum",
                        List.of("median"),
                        row -> List.of(row.perSecond()),
                        row -> String.format(
                                Locale.ROOT, "%,.0f (%,.0f–%,.0f)", row.perSecond(), row.lowest(), row.highest()))
                .write(folder, "throughput");
        draw(
                        "Latency: p50, with p99 behind it",
                        List.of("p50", "up to p99"),
                        row -> List.of(row.p50Millis(), row.p99Millis() - row.p50Millis()),
                        row -> String.format(Locale.ROOT, "%.1f / %.1f ms", row.p50Millis(), row.p99Millis()))
                .write(folder, "latency");
        draw(
                        "CPU per counted response",
                        List.of("server", "database", "driver"),
                        row -> List.of(
                                row.cpu().server(),
                                row.cpu().database(),
                                row.cpu().driver()),
                        row -> String.format(
                                Locale.ROOT,
                                "%.0f + %.0f + %.0f µs",
                                row.cpu().server(),
                                row.cpu().database(),
                                row.cpu().driver()))
                .write(folder, "cpu");
    }

    /** Scenarios differ by orders of magnitude, so each has its own scale. */
    private Picture draw(
            String title, List<String> legend, RowParts parts, java.util.function.Function<Row, String> label) {
        Map<String, List<Bar>> scenarios = new LinkedHashMap<>();
        for (Row row : rows) {
            Bar bar = new Bar(row, parts.of(row), label.apply(row));
            if (bar.parts().stream().allMatch(part -> part >= 0)) {
                scenarios
                        .computeIfAbsent(row.scenario(), name -> new ArrayList<>())
                        .add(bar);
            }
        }
        int lines =
                scenarios.values().stream().mapToInt(bars -> bars.size() + 1).sum();
        Picture picture = new Picture(WIDTH, 70 + lines * LINE);
        picture.text(16, 26, title, true);
        for (int i = 0; i < legend.size(); i++) {
            picture.box(LEFT + i * 110, 38, 12, 12, COLOURS[i]);
            picture.text(LEFT + 18 + i * 110, 49, legend.get(i), false);
        }
        double y = 60;
        for (Map.Entry<String, List<Bar>> scenario : scenarios.entrySet()) {
            y += LINE;
            picture.text(16, y, scenario.getKey(), true);
            y = bars(picture, scenario.getValue(), y);
        }
        return picture;
    }

    private interface RowParts {

        List<Double> of(Row row);
    }

    private static double bars(Picture picture, List<Bar> bars, double from) {
        ToDoubleFunction<Bar> length = Bar::length;
        double longest = bars.stream().mapToDouble(length).max().orElse(1);
        double scale = longest > 0 ? BARS / longest : 0;
        double y = from;
        for (Bar bar : bars) {
            y += LINE;
            picture.textBefore(LEFT - 8, y - 4, bar.row().contender());
            double x = LEFT;
            for (int i = 0; i < bar.parts().size(); i++) {
                double width = bar.parts().get(i) * scale;
                picture.box(x, y - LINE + 5, width, LINE - 6, COLOURS[i]);
                x += width;
            }
            picture.text(x + 6, y - 4, bar.label(), false);
        }
        return y;
    }
}
