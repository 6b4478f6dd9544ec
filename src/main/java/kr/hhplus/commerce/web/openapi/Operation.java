package kr.hhplus.commerce.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.util.pattern.PathPattern;

/** An operation of the OpenAPI document: a method of a path. */
record Operation(String method, PathPattern path, JsonNode definition, ApiDocument document) {

    /** An example of a response, with the headers that the response always has. */
    record Example(String name, int status, String mediaType, Map<String, String> headers, JsonNode body) {}

    String id() {
        return definition.get("operationId").textValue();
    }

    /** Returns the parameters other than the body, with resolved references. */
    List<JsonNode> parameters() {
        List<JsonNode> parameters = new ArrayList<>();
        definition.path("parameters").forEach(parameter -> parameters.add(document.resolve(parameter)));
        return parameters;
    }

    /** Returns all examples in the order of the document; successful responses come first. */
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
