package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.web.openapi.Operation.Example;
import org.junit.jupiter.api.Test;

/** The tables of docs/api.md say what the OpenAPI document says; {@code -Dupdate-docs=true} writes them anew. */
class ApiGuideTests {

    private static final Path GUIDE = Path.of("docs/api.md");

    @Test
    void theTableOfOperationsIsTheDocument() throws IOException {
        holds("operations", operations());
    }

    @Test
    void theTableOfRefusalsIsTheDocument() throws IOException {
        holds("refusals", refusals());
    }

    private static void holds(String section, String generated) throws IOException {
        String begin = "<!-- " + section + ": generated -->\n";
        String end = "<!-- /" + section + " -->";
        String guide = Files.readString(GUIDE);
        int from = guide.indexOf(begin) + begin.length();
        int to = guide.indexOf(end);
        assertThat(to).as("markers of " + section).isGreaterThanOrEqualTo(from);
        if (Boolean.getBoolean("update-docs")) {
            Files.writeString(GUIDE, guide.substring(0, from) + generated + guide.substring(to));
        } else {
            assertThat(guide.substring(from, to)).isEqualTo(generated);
        }
    }

    private static String operations() {
        StringBuilder table =
                new StringBuilder("| call | what | success | own refusals |\n| --- | --- | --- | --- |\n");
        for (Operation operation : Contract.OPERATIONS.all()) {
            Example success = operation.examples().get(0);
            String own = ownRefusals(operation).stream()
                    .map(example -> "`" + example.name() + "`")
                    .collect(Collectors.joining(", "));
            table.append("| `%s` | %s | %d | %s |\n"
                    .formatted(
                            call(operation),
                            operation.definition().get("summary").asText(),
                            success.status(),
                            own.isEmpty() ? "–" : own));
        }
        return table.toString();
    }

    private static String refusals() {
        Map<ErrorCode, List<String>> callsByCode = new TreeMap<>();
        for (ErrorCode code : ErrorCode.values()) {
            callsByCode.put(
                    code,
                    Contract.OPERATIONS.all().stream()
                            .filter(operation -> operation.examples().stream()
                                    .anyMatch(e -> e.name().equals(code.name())))
                            .map(operation -> "`" + operation.method() + " " + operation.path() + "`")
                            .toList());
        }
        int operations = Contract.OPERATIONS.all().size();
        StringBuilder table = new StringBuilder("| code | status | says | answered by |\n| --- | --- | --- | --- |\n");
        callsByCode.forEach((code, calls) -> {
            JsonNode example = Contract.DOCUMENT.tree().at("/components/examples/" + code + "/value");
            String by = calls.isEmpty()
                    ? "the server, outside of any operation"
                    : calls.size() == operations
                            ? "all"
                            : calls.size() > 5 ? calls.size() + " calls" : String.join(", ", calls);
            table.append("| `%s` | %d | %s | %s |\n"
                    .formatted(code, code.status(), example.get("detail").asText(), by));
        });
        return table.toString();
    }

    private static List<Example> ownRefusals(Operation operation) {
        List<Integer> general = List.of(403, 406, 408, 413, 415, 422, 429, 500, 503);
        List<String> plain = List.of("INVALID_REQUEST", "MALFORMED_REQUEST", "INVALID_CURSOR");
        return operation.examples().stream()
                .filter(e -> e.status() >= 400 && !general.contains(e.status()) && !plain.contains(e.name()))
                .toList();
    }

    private static String call(Operation operation) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.parameters()) {
            if (parameter.get("in").asText().equals("query")
                    && operation.method().equals("GET")) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(parameter.get("name").asText())
                        .append('=');
            }
        }
        return operation.method() + " " + operation.path() + query;
    }
}
