package kr.hhplus.commerce.apidocs;

import static kr.hhplus.commerce.apidocs.Contract.DOCUMENT;
import static kr.hhplus.commerce.apidocs.Contract.OPERATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schemas leave nothing open: a limit on every number, string and list, and no field that is not named. */
class ApiSchemaTests {

    @Test
    void everyNumberStringAndListIsBounded() {
        Map<String, JsonNode> schemas = reachable(everySchema());
        assertThat(schemas.size()).isGreaterThan(100);
        schemas.forEach((place, schema) ->
                assertThat(unbounded(schema)).as(place + " " + schema).isFalse());
    }

    @Test
    void everyObjectIsClosed() {
        Map<String, JsonNode> schemas = reachable(everySchema());
        schemas.forEach((place, schema) -> {
            boolean describesAnObject =
                    schema.has("properties") || schema.path("type").asText().equals("object");
            boolean part = place.matches(".*/(if|then|else)(/.*)?") || place.contains("/allOf/");
            if (describesAnObject && !part) {
                boolean closed = schema.path("additionalProperties").isBoolean()
                        && !schema.get("additionalProperties").asBoolean();
                boolean closedWithItsParts =
                        schema.path("unevaluatedProperties").isBoolean()
                                && !schema.get("unevaluatedProperties").asBoolean();
                assertThat(closed || closedWithItsParts).as(place).isTrue();
            }
        });
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
        boolean fixed = schema.has("const") || schema.has("enum");
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
            for (JsonNode parameter : definition.get("parameters")) {
                JsonNode resolved = DOCUMENT.resolve(parameter);
                schemas.put(operation.id() + "/" + resolved.get("name").asText(), resolved.get("schema"));
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
            if (schema.isBoolean() || found.putIfAbsent(place, schema) != null) {
                continue;
            }
            if (schema.has("$ref")) {
                todo.push(Map.entry(place + "/$ref", DOCUMENT.resolve(schema)));
            }
            for (String inside : List.of("items", "if", "then", "else")) {
                if (schema.has(inside)) {
                    todo.push(Map.entry(place + "/" + inside, schema.get(inside)));
                }
            }
            schema.path("properties")
                    .properties()
                    .forEach(property -> todo.push(Map.entry(place + "/" + property.getKey(), property.getValue())));
            for (String inside : List.of("allOf", "oneOf")) {
                int i = 0;
                for (JsonNode part : schema.path(inside)) {
                    todo.push(Map.entry(place + "/" + inside + "/" + i++, part));
                }
            }
        }
        return found;
    }
}
