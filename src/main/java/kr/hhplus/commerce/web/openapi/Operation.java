package kr.hhplus.commerce.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.pattern.PathPattern;

/** One method on one path, as the document describes it. */
record Operation(String method, PathPattern path, JsonNode definition, ApiDocument document) {

    /** One answer that the document shows, with the headers that such an answer always has. */
    record Example(String name, int status, String mediaType, Map<String, String> headers, JsonNode body) {}

    String id() {
        return definition.get("operationId").textValue();
    }

    /** The parameters outside of the body, references resolved; none where the operation declares none. */
    List<JsonNode> parameters() {
        List<JsonNode> parameters = new ArrayList<>();
        definition.path("parameters").forEach(parameter -> parameters.add(document.resolve(parameter)));
        return parameters;
    }

    /** Every answer that is shown, in the order of the document: a success first. */
    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (Map.Entry<String, JsonNode> status : definition.get("responses").properties()) {
            JsonNode response = document.resolve(status.getValue());
            Map<String, String> headers = headers(response);
            for (Map.Entry<String, JsonNode> content : response.path("content").properties()) {
                for (Map.Entry<String, JsonNode> example :
                        content.getValue().path("examples").properties()) {
                    examples.add(new Example(
                            example.getKey(),
                            Integer.parseInt(status.getKey()),
                            content.getKey(),
                            headers,
                            document.resolve(example.getValue()).get("value")));
                }
            }
        }
        return examples;
    }

    private Map<String, String> headers(JsonNode response) {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
            JsonNode definition = document.resolve(header.getValue());
            if (definition.path("required").asBoolean()) {
                headers.put(header.getKey(), definition.get("example").asText());
            }
        }
        return headers;
    }
}
