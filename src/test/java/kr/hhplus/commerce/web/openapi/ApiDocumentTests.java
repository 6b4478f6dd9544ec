package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.DOCUMENT;
import static kr.hhplus.commerce.web.openapi.Contract.OPERATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.web.openapi.Operation.Example;
import org.junit.jupiter.api.Test;

/** The lint of the OpenAPI document: what a reader, a generator and the mock rely on. */
class ApiDocumentTests {

    private static final JsonNode ROOT = DOCUMENT.tree();

    /** Signing in and out leaves nothing to repeat by accident; a changed password tells by signing in. */
    private static final Set<String> SAFE_BY_THEMSELVES =
            Set.of("createPersonalToken", "changePassword", "receiveWebhook");

    private static final Pattern PATH_VARIABLE = Pattern.compile("\\{(\\w+)}");

    @Test
    void hasTheShapeOfOpenApi31() throws IOException {
        try (InputStream schema = ApiDocumentTests.class.getResourceAsStream("/openapi/document.schema.json")) {
            JsonNode shape = new ObjectMapper().readTree(schema);
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(shape)
                            .validate(ROOT))
                    .isEmpty();
        }
    }

    @Test
    void everyReferenceResolvesAndEveryComponentIsUsed() {
        Set<String> used = new TreeSet<>();
        for (Nodes place : Nodes.below(ROOT)) {
            if (place.pointer().endsWith("/$ref")) {
                String target = place.node().textValue();
                assertThat(ROOT.at(target.substring(1)).isMissingNode())
                        .as(place.pointer() + " → " + target)
                        .isFalse();
                used.add(target.substring("#/components/".length()));
            }
        }
        Set<String> defined = new TreeSet<>();
        ROOT.get("components").properties().forEach(kind -> kind.getValue()
                .fieldNames()
                .forEachRemaining(n -> defined.add(kind.getKey() + "/" + n)));
        // Security schemes are referred to by their names alone.
        assertThat(ROOT.at("/security/0/bearer").isArray()).isTrue();
        used.addAll(Set.of("securitySchemes/bearer", "securitySchemes/session"));
        codesOutsideOfOperations().forEach(code -> used.add("examples/" + code));
        assertThat(used).isEqualTo(defined);
    }

    @Test
    void operationIdsAreUniqueAndTagsAreDeclared() {
        Set<String> ids = new HashSet<>();
        Set<String> tags = new HashSet<>(ROOT.get("tags").findValuesAsText("name"));
        for (Operation operation : OPERATIONS.all()) {
            assertThat(ids.add(operation.id())).as(operation.id()).isTrue();
            assertThat(tags).contains(operation.definition().at("/tags/0").asText());
        }
        assertThat(ids).hasSizeGreaterThan(20);
    }

    @Test
    void everyVariableOfAPathIsAParameter() {
        for (Operation operation : OPERATIONS.all()) {
            Set<String> declared = new TreeSet<>();
            for (JsonNode parameter : operation.parameters()) {
                if (parameter.get("in").asText().equals("path")) {
                    declared.add(parameter.get("name").asText());
                }
            }
            Set<String> inPath = new TreeSet<>();
            Matcher variables = PATH_VARIABLE.matcher(operation.path().getPatternString());
            while (variables.find()) {
                inPath.add(variables.group(1));
            }
            assertThat(declared).as(operation.id()).isEqualTo(inPath);
        }
    }

    @Test
    void everyWriteByPostTakesAnIdempotencyKey() {
        for (Operation operation : OPERATIONS.all()) {
            List<String> names = operation.parameters().stream()
                    .map(parameter -> parameter.get("name").asText())
                    .toList();
            assertThat(names.contains("Idempotency-Key"))
                    .as(operation.id())
                    .isEqualTo(operation.method().equals("POST") && !SAFE_BY_THEMSELVES.contains(operation.id()));
        }
    }

    @Test
    void everyExampleFitsItsSchema() {
        int examples = 0;
        for (Nodes place : Nodes.below(ROOT)) {
            JsonNode node = place.node();
            boolean mayHaveExamples =
                    node.isObject() && node.has("schema") && !place.pointer().contains("/schemas/");
            if (mayHaveExamples) {
                List<JsonNode> values = new ArrayList<>();
                node.path("examples")
                        .forEach(example -> values.add(DOCUMENT.resolve(example).get("value")));
                if (node.has("example")) {
                    values.add(node.get("example"));
                }
                for (JsonNode value : values) {
                    assertThat(Contract.violations(Contract.schemaOf(node), value))
                            .as(place.pointer())
                            .isEmpty();
                }
                examples += values.size();
            }
        }
        assertThat(examples).isGreaterThan(100);
    }

    @Test
    void everyAnswerHasAnExampleAndProblemsAreNamedByTheirCodes() {
        for (Operation operation : OPERATIONS.all()) {
            List<Example> examples = operation.examples();
            assertThat(examples.get(0).status()).as(operation.id()).isBetween(200, 299);
            operation.definition().get("responses").fieldNames().forEachRemaining(status -> assertThat(examples)
                    .as(operation.id())
                    .anyMatch(e -> status.equals("" + e.status())));
            for (Example example : examples) {
                if (example.status() >= 400) {
                    assertThat(example.mediaType()).isEqualTo("application/problem+json");
                    assertThat(example.body().get("code").asText()).isEqualTo(example.name());
                    assertThat(example.body().get("status").asInt()).isEqualTo(example.status());
                    assertThat(ErrorCode.valueOf(example.name()).status()).isEqualTo(example.status());
                }
            }
        }
    }

    @Test
    void listsEveryErrorCodeInItsOrderOfPrecedence() {
        List<String> codes = new ArrayList<>();
        ROOT.at("/components/schemas/ErrorCode/enum").forEach(code -> codes.add(code.asText()));
        assertThat(codes)
                .isEqualTo(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
    }

    @Test
    void everyErrorCodeIsAnAnswerOfAnOperationOrStandsOutsideOfThem() {
        Set<String> answered = new TreeSet<>();
        OPERATIONS.all().forEach(o -> o.examples().stream()
                .filter(e -> e.status() >= 400)
                .forEach(e -> answered.add(e.name())));
        Set<String> general = codesOutsideOfOperations();
        assertThat(answered).doesNotContainAnyElementsOf(general);
        answered.addAll(general);
        assertThat(answered)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
        assertThat(ROOT.at("/info/description").asText()).contains(general);
    }

    private static Set<String> codesOutsideOfOperations() {
        return Set.of(
                "NOT_FOUND",
                "METHOD_NOT_ALLOWED",
                "HTTP_VERSION_NOT_SUPPORTED",
                "NOT_IMPLEMENTED",
                "URI_TOO_LONG",
                "HEADERS_TOO_LARGE",
                "EXPECTATION_FAILED");
    }

    @Test
    void everyOperationAnnouncesTheGeneralErrors() {
        for (Operation operation : OPERATIONS.all()) {
            Set<String> expected = new TreeSet<>(
                    List.of("INVALID_REQUEST", "FORBIDDEN", "NOT_ACCEPTABLE", "RATE_LIMITED", "INTERNAL_ERROR"));
            expected.addAll(List.of("OVERLOADED", "UNAVAILABLE", "MALFORMED_REQUEST"));
            if (!operation.method().equals("GET")) {
                expected.addAll(List.of("PAYLOAD_TOO_LARGE", "REQUEST_TIMEOUT", "ROW_LOCKED", "OUTCOME_UNKNOWN"));
            }
            JsonNode security = operation.definition().path("security");
            boolean open = security.isArray() && security.isEmpty();
            if (!open) {
                expected.add("UNAUTHENTICATED");
            }
            if (operation.method().equals("POST") && !SAFE_BY_THEMSELVES.contains(operation.id())) {
                expected.add("IDEMPOTENCY_KEY_REUSED");
            }
            if (operation.definition().has("requestBody")) {
                expected.add("UNSUPPORTED_MEDIA_TYPE");
            }
            assertThat(operation.examples().stream().map(Example::name))
                    .as(operation.id())
                    .containsAll(expected);
        }
    }

    @Test
    void isServedAsJsonWithTheSameContent() throws IOException {
        Map<?, ?> served = new ObjectMapper().readValue(DOCUMENT.json(), Map.class);
        assertThat(new ObjectMapper().<JsonNode>valueToTree(served)).isEqualTo(ROOT);
    }
}
