package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.DOCUMENT;
import static kr.hhplus.commerce.web.openapi.Contract.OPERATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schemas leave no value open: a limit on every number, string and list. */
class ApiSchemaTests {

    @Test
    void everyNumberStringAndListIsBounded() {
        Map<String, JsonNode> schemas = reachable(everySchema());
        assertThat(schemas.size()).isGreaterThan(100);
        schemas.forEach((place, schema) ->
                assertThat(unbounded(schema)).as(place + " " + schema).isFalse());
    }

    /** By name a cursor holds a tag, an id and a name of 100 characters, four bytes each, in base64url. */
    @Test
    void cursorsHoldTheLongestPlaceInAList() {
        int longest = 6 + (16 + 1 + 100 * 4) * 4 / 3 + 1;
        for (String name : List.of("Cursor", "NextCursor")) {
            JsonNode cursor = DOCUMENT.tree().at("/components/schemas/" + name);
            assertThat(cursor.get("maxLength").asInt()).as(name).isEqualTo(700).isGreaterThan(longest);
            assertThat(cursor.get("pattern").asText()).as(name).startsWith("^[A-Za-z0-9_-]");
        }
    }

    private static boolean unbounded(JsonNode schema) {
        List<String> types = new ArrayList<>();
        schema.path("type").forEach(type -> types.add(type.asText()));
        types.add(schema.path("type").asText());
        boolean fixed = schema.has("enum");
        return !fixed
                && (types.contains("integer") && !(schema.has("minimum") && schema.has("maximum"))
                        || types.contains("number")
                        || types.contains("string") && !schema.has("maxLength")
                        || types.contains("array") && !schema.has("maxItems"));
    }

    private static Map<String, JsonNode> everySchema() {
        Map<String, JsonNode> schemas = new LinkedHashMap<>();
        for (Operation operation : OPERATIONS.all()) {
            JsonNode definition = operation.definition();
            for (JsonNode parameter : operation.parameters()) {
                schemas.put(operation.id() + "/" + parameter.get("name").asText(), parameter.get("schema"));
            }
            definition
                    .at("/requestBody/content")
                    .properties()
                    .forEach(content -> schemas.put(
                            operation.id() + "/request/" + content.getKey(),
                            content.getValue().get("schema")));
            definition.get("responses").properties().forEach(response -> {
                String place = operation.id() + "/" + response.getKey();
                JsonNode resolved = DOCUMENT.resolve(response.getValue());
                resolved.get("content").forEach(content -> schemas.put(place, content.get("schema")));
                resolved.path("headers")
                        .properties()
                        .forEach(header -> schemas.put(
                                place + "/" + header.getKey(),
                                DOCUMENT.resolve(header.getValue()).get("schema")));
            });
        }
        return schemas;
    }

    /** Each schema and those inside it, by place; a named one stands under its name, once for each way to it. */
    private static Map<String, JsonNode> reachable(Map<String, JsonNode> roots) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        Deque<Map.Entry<String, JsonNode>> todo = new ArrayDeque<>(roots.entrySet());
        while (!todo.isEmpty()) {
            Map.Entry<String, JsonNode> next = todo.pop();
            String place = next.getKey();
            JsonNode schema = next.getValue();
            if (found.putIfAbsent(place, schema) != null) {
                continue;
            }
            if (schema.has("$ref")) {
                todo.push(Map.entry(place + "/$ref", DOCUMENT.resolve(schema)));
            }
            if (schema.has("items")) {
                todo.push(Map.entry(place + "/items", schema.get("items")));
            }
            schema.path("properties")
                    .properties()
                    .forEach(property -> todo.push(Map.entry(place + "/" + property.getKey(), property.getValue())));
        }
        return found;
    }
}
