package kr.hhplus.commerce.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** The operations of the OpenAPI document, by path. The most specific path wins. */
final class Operations {

    private final List<Operation> all = new ArrayList<>();

    Operations(ApiDocument document) {
        for (Map.Entry<String, JsonNode> path : document.tree().get("paths").properties()) {
            PathPattern pattern = PathPatternParser.defaultInstance.parse(path.getKey());
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                all.add(new Operation(method.getKey().toUpperCase(Locale.ROOT), pattern, method.getValue(), document));
            }
        }
    }

    /** Returns the operations in the order of the document. */
    List<Operation> all() {
        return all;
    }

    /** Returns the operations that exist in every security mode. */
    List<Operation> withoutAccounts() {
        return all.stream()
                .filter(operation ->
                        !operation.definition().at("/tags/0").asText().equals("accounts"))
                .toList();
    }

    /** Returns the operations of the path that matches; empty if none matches. */
    List<Operation> at(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        Optional<PathPattern> best = all.stream()
                .map(Operation::path)
                .filter(pattern -> pattern.matches(parsed))
                .min(Comparator.naturalOrder());
        return all.stream()
                .filter(operation -> best.isPresent() && operation.path().equals(best.get()))
                .toList();
    }
}
