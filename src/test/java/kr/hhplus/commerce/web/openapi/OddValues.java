package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.DOCUMENT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;

/** Makes values out of schemas: such that fit, and texts at and beyond the edge of what fits. */
final class OddValues {

    /** A schema and the place in a value that was made for it. */
    record Place(JsonNode schema, JsonNode container, String field, int index) {

        void set(JsonNode value) {
            if (container instanceof ObjectNode object) {
                object.set(field, value);
            } else {
                ((ArrayNode) container).set(index, value);
            }
        }
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> RANGES = List.of("3days", "1day", "6hours", "P3D", "PT90M");
    private static final List<String> TEXTS =
            List.of("이어폰", "Wireless earbuds", "\uD83D\uDE00\uD83D\uDE00", "a'b\"c\\d", "<b>&amp;</b>", "%_", "x");

    /** Of any schema: wrong types, numbers without end, texts that are none, and no JSON at all. */
    private static final List<String> ODD = List.of(
            "null",
            "true",
            "0",
            "-1",
            "-0",
            "1.5",
            "1.0",
            "1e2",
            "1e400",
            "1".repeat(30),
            "9".repeat(90),
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "\"\"",
            "\" \"",
            "\"1\"",
            "\"text\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"a\\u0000b\"",
            "\"a\\u0007b\"",
            "\"\\u202e\\ufeff\\u2028\"",
            "\"\\uD83D\\uDE00\"",
            "\"\\u3000\"",
            "\"\\u200b\\u3164\"",
            "\"\\u202e abc\"",
            "\"2026-02-30T00:00:00Z\"",
            "\"2026-11-22T03:00:60Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"2026-11-22\"",
            "\"P2W\"",
            "\"P1Y\"",
            "\"0days\"",
            "\"PT0S\"",
            "\"" + "x".repeat(5000) + "\"",
            "[]",
            "[1]",
            "[[[[[[[[[[]]]]]]]]]]",
            "{}",
            "{\"$ref\":\"x\"}",
            "NaN",
            "01",
            "+1",
            "'a'",
            "\"");

    private final Random random;
    private final Map<String, List<String>> known;

    /** @param known by the name of a field, texts that exist on the server */
    OddValues(Random random, Map<String, List<String>> known) {
        this.random = random;
        this.known = known;
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A value that fits, and in {@code places} every value within it. */
    JsonNode fitting(JsonNode reference, String name, List<Place> places) {
        JsonNode schema = DOCUMENT.resolve(reference);
        if (schema.has("enum")) {
            return pick(list(schema.get("enum")));
        }
        JsonNode types = schema.get("type");
        return switch (types.isArray() ? pick(list(types)).asText() : types.asText()) {
            case "object" -> object(schema, places);
            case "array" -> array(schema, places);
            case "integer" -> NODES.numberNode(integer(schema));
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "null" -> NODES.nullNode();
            default -> NODES.textNode(text(schema, name));
        };
    }

    private ObjectNode object(JsonNode schema, List<Place> places) {
        ObjectNode object = NODES.objectNode();
        List<String> required =
                list(schema.path("required")).stream().map(JsonNode::asText).toList();
        if (schema.path("additionalProperties").isObject()) {
            JsonNode value = schema.get("additionalProperties");
            object.set("key", fitting(value, "key", places));
            places.add(new Place(value, object, "key", -1));
        }
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            if (required.contains(name) || random.nextInt(3) == 0) {
                object.set(name, fitting(property.getValue(), name, places));
                places.add(new Place(property.getValue(), object, name, -1));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema, List<Place> places) {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i <= random.nextInt(3); i++) {
            array.add(fitting(schema.get("items"), "", places));
            places.add(new Place(schema.get("items"), array, null, i));
        }
        return array;
    }

    /** Mostly among the smallest, where things exist. */
    private long integer(JsonNode schema) {
        long min = Math.max(schema.get("minimum").asLong(), -5);
        long max = schema.get("maximum").asLong();
        return random.nextInt(12) == 0 ? max : Math.min(max, min + random.nextInt(6));
    }

    private String text(JsonNode schema, String name) {
        if (known.containsKey(name)) {
            return pick(known.get(name));
        }
        if (schema.path("format").asText().equals("date-time")) {
            Instant time = Instant.now().plus(random.nextInt(200) - 100, ChronoUnit.HOURS);
            return time.truncatedTo(pick(List.of(ChronoUnit.SECONDS, ChronoUnit.MILLIS)))
                    .toString();
        }
        return name.equals("range") ? pick(RANGES) : pick(TEXTS);
    }

    /** JSON, or nearly, to stand where a value of the schema should. */
    String odd(JsonNode reference) {
        JsonNode schema = DOCUMENT.resolve(reference);
        List<String> odd = new ArrayList<>(ODD);
        for (String edge : List.of("minimum", "maximum")) {
            if (schema.has(edge)) {
                BigInteger at = schema.get(edge).bigIntegerValue();
                odd.addAll(List.of("" + at, "" + at.subtract(BigInteger.ONE), "" + at.add(BigInteger.ONE)));
                odd.addAll(List.of("\"" + at + "\"", at + ".0"));
            }
        }
        for (String edge : List.of("minLength", "maxLength")) {
            int at = schema.path(edge).asInt();
            for (int length = Math.max(0, at - 1); length <= at + 1; length++) {
                odd.add("\"" + "z".repeat(length) + "\"");
                odd.add("\"" + "\uAC00".repeat(length) + "\"");
                odd.add("\"" + "\uD83D\uDE00".repeat(length) + "\"");
            }
        }
        return pick(odd);
    }

    /** Whether the text is JSON that fits; half a surrogate pair and NUL fit nowhere. */
    static boolean fits(JsonNode schema, String text) {
        try {
            JsonNode value = JSON.readTree(text);
            return !value.isMissingNode()
                    && Contract.violations(schema, value).isEmpty()
                    && Nodes.below(value).stream().allMatch(node -> isText(node.node()));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean isText(JsonNode node) {
        return !node.isTextual()
                || node.textValue()
                        .codePoints()
                        .noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
