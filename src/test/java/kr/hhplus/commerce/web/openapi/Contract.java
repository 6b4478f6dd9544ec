package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import kr.hhplus.commerce.web.openapi.Operation.Example;
import org.springframework.http.MediaType;

/**
 * Holds real answers against the OpenAPI document: operation, status, media type, headers, every field, and that a
 * problem's code is one that the operation announces. Thread-safe; schemas are compiled once.
 */
public final class Contract {

    static final ApiDocument DOCUMENT = new ApiDocument();
    static final Operations OPERATIONS = new Operations(DOCUMENT);

    private static final String PROBLEM = MediaType.APPLICATION_PROBLEM_JSON_VALUE;

    /** Refused before the operation is known; the document says so once, not for each operation. */
    private static final Map<Integer, String> OF_THE_HTTP_LAYER = Map.of(
            414, "URI_TOO_LONG",
            417, "EXPECTATION_FAILED",
            431, "HEADERS_TOO_LARGE",
            501, "NOT_IMPLEMENTED",
            505, "HTTP_VERSION_NOT_SUPPORTED");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMetaSchema DIALECT = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .keyword(new NonValidationKeyword("components"))
            .build();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.builder()
            .metaSchema(DIALECT)
            .defaultMetaSchemaIri(DIALECT.getIri())
            .build();
    private static final String CONSTRAINTS = "x-constraints";
    private static final JsonNode SCHEMAS_OF_ALL = strict(DOCUMENT.tree().at("/components/schemas"));
    private static final Map<JsonNode, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private Contract() {}

    /** Fails where the answer is none that the document announces for its request. */
    public static void check(HttpResponse<String> answer) {
        check(
                answer.request().method(),
                answer.uri().getRawPath(),
                answer.statusCode(),
                answer.headers().map(),
                answer.body());
    }

    /** @param path without its query; @param headers of the answer, in any case */
    public static void check(String method, String path, int status, Map<String, List<String>> headers, String body) {
        String where = method + " " + path + " → " + status + " " + body;
        Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.putAll(headers);
        boolean writtenOtherwise = path.contains("//") || path.contains(";");
        List<Operation> here = writtenOtherwise ? List.of() : OPERATIONS.at(path);
        Optional<Operation> operation =
                here.stream().filter(o -> o.method().equals(method)).findFirst();
        if (operation.isPresent()) {
            checkOperation(where, operation.get(), status, sent, body);
        } else {
            assertThat(status).as(where).isEqualTo(here.isEmpty() ? 404 : 405);
            assertThat(sent.containsKey("Allow")).as("Allow of " + where).isEqualTo(!here.isEmpty());
            assertThat(mediaType(sent)).as(where).isEqualTo(PROBLEM);
            String code = here.isEmpty() ? "NOT_FOUND" : "METHOD_NOT_ALLOWED";
            checkProblem(where, schema("Problem"), status, Set.of(code), parse(where, body));
        }
        if (status >= 400) {
            assertThat(parse(where, body).path("instance").asText()).as(where).isEqualTo(path);
        }
    }

    private static void checkOperation(
            String where, Operation operation, int status, Map<String, List<String>> headers, String body) {
        if (OF_THE_HTTP_LAYER.containsKey(status)) {
            assertThat(mediaType(headers)).as(where).isEqualTo(PROBLEM);
            checkProblem(where, schema("Problem"), status, Set.of(OF_THE_HTTP_LAYER.get(status)), parse(where, body));
            return;
        }
        JsonNode announced = operation.definition().at("/responses/" + status);
        if (announced.isMissingNode()) {
            fail("%s announces no %d: %s", operation.id(), status, where);
        }
        JsonNode response = DOCUMENT.resolve(announced);
        checkHeaders(where, response.path("headers"), headers);
        String mediaType = mediaType(headers);
        JsonNode content = response.path("content").path(mediaType);
        assertThat(content.isMissingNode())
                .as("%s as a %d of %s", mediaType, status, operation.id())
                .isFalse();
        JsonNode answer = parse(where, body);
        if (mediaType.equals(PROBLEM)) {
            Set<String> codes = operation.examples().stream()
                    .filter(example -> example.status() == status)
                    .map(Example::name)
                    .collect(Collectors.toSet());
            checkProblem(where, schemaOf(content), status, codes, answer);
        } else {
            assertThat(violations(schemaOf(content), answer)).as(where).isEmpty();
        }
    }

    private static void checkProblem(String where, JsonNode schema, int status, Set<String> codes, JsonNode problem) {
        assertThat(violations(schema, problem)).as(where).isEmpty();
        String code = problem.get("code").asText();
        assertThat(code).as(where).isIn(codes);
        assertThat(problem.get("status").asInt()).as(where).isEqualTo(status);
        assertThat(problem.get("type").asText())
                .as(where)
                .isEqualTo("/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
        assertThat(problem.get("detail").asText())
                .as("a text for people, not a Java object: %s", where)
                .doesNotContainPattern("\\w\\[\\w+=");
    }

    private static void checkHeaders(String where, JsonNode announced, Map<String, List<String>> sent) {
        for (Map.Entry<String, JsonNode> entry : announced.properties()) {
            JsonNode header = DOCUMENT.resolve(entry.getValue());
            List<String> values = sent.getOrDefault(entry.getKey(), List.of());
            if (header.path("required").asBoolean()) {
                assertThat(values).as(entry.getKey() + " of " + where).hasSize(1);
            }
            for (String value : values) {
                assertThat(violations(header.get("schema"), headerValue(header.get("schema"), value)))
                        .as(entry.getKey() + " of " + where)
                        .isEmpty();
            }
        }
    }

    private static JsonNode headerValue(JsonNode schema, String value) {
        boolean number = schema.path("type").asText().equals("integer") && value.matches("-?[0-9]{1,18}");
        return number
                ? JSON.getNodeFactory().numberNode(Long.parseLong(value))
                : JSON.getNodeFactory().textNode(value);
    }

    private static String mediaType(Map<String, List<String>> headers) {
        List<String> values = headers.getOrDefault("Content-Type", List.of());
        assertThat(values).as("Content-Type").hasSize(1);
        MediaType type = MediaType.parseMediaType(values.get(0));
        return type.getType() + "/" + type.getSubtype();
    }

    private static JsonNode parse(String where, String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return fail("no JSON: " + where, e);
        }
    }

    private static JsonNode schema(String name) {
        return JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    /** What of the value does not fit a schema of the document; empty where all does. */
    static List<String> violations(JsonNode schema, JsonNode value) {
        return COMPILED.computeIfAbsent(schema, Contract::compile).validate(value).stream()
                .map(Object::toString)
                .toList();
    }

    /** The schema of a media type or a parameter, with what the place where it stands adds to it. */
    static JsonNode schemaOf(JsonNode content) {
        ObjectNode schema = content.get("schema").deepCopy();
        if (content.has(CONSTRAINTS)) {
            schema.set(CONSTRAINTS, content.get(CONSTRAINTS));
        }
        return schema;
    }

    /** What the document says to tests: constraints hold, and an object has no fields but those that are named. */
    private static JsonNode strict(JsonNode schema) {
        if (schema.isArray()) {
            ArrayNode strict = JSON.createArrayNode();
            schema.forEach(part -> strict.add(strict(part)));
            return strict;
        }
        if (!schema.isObject()) {
            return schema;
        }
        ObjectNode strict = JSON.createObjectNode();
        schema.properties()
                .forEach(field -> strict.set(
                        field.getKey().equals(CONSTRAINTS) ? "allOf" : field.getKey(), strict(field.getValue())));
        if (schema.path("type").asText().equals("object") && !schema.has("additionalProperties")) {
            strict.put("additionalProperties", false);
        }
        return strict;
    }

    private static JsonSchema compile(JsonNode schema) {
        ObjectNode root = (ObjectNode) strict(schema);
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.putObject("components").set("schemas", SCHEMAS_OF_ALL);
        return SCHEMAS.getSchema(
                root,
                SchemaValidatorsConfig.builder()
                        .formatAssertionsEnabled(true)
                        .typeLoose(false)
                        .locale(Locale.ENGLISH)
                        .build());
    }
}
