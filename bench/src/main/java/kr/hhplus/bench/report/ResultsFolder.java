package kr.hhplus.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the results: every run as JSON, the table as Markdown, charts as SVG and PNG. */
public final class ResultsFolder {

    private final Path folder;
    private final Map<String, String> conditions;

    /** @param conditions machine, versions and options, to repeat the measurement */
    public ResultsFolder(Path folder, Map<String, String> conditions) {
        this.folder = folder;
        this.conditions = conditions;
    }

    public void write(Results results) {
        try {
            Files.createDirectories(folder);
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("conditions", conditions);
            all.put("notes", results.notes());
            all.put("runs", results.runs());
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(folder.resolve("results.json").toFile(), all);
            Files.writeString(folder.resolve("results.md"), page(results));
            new Charts(results.rows()).write(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String page(Results results) {
        StringBuilder page = new StringBuilder("# Results\n\n");
        conditions.forEach((name, value) ->
                page.append("- ").append(name).append(": ").append(value).append('\n'));
        page.append('\n').append(new Table(results).markdown());
        page.append("\n![throughput](throughput.svg)\n\n![latency](latency.svg)\n\n![cpu](cpu.svg)\n");
        return page.toString();
    }
}
