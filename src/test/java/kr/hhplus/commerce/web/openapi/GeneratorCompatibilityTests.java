package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.DOCUMENT;
import static kr.hhplus.commerce.web.openapi.Contract.OPERATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The document keeps to what client generators of four languages read alike (docs/decisions/030). Each rule here is a
 * client that did not compile, refused a good answer or lost a field.
 */
class GeneratorCompatibilityTests {

    private static final String NAMED = "/components/schemas/[^/]+";
    private static final Pattern SCHEMA = Pattern.compile("(" + NAMED + "|/(?!.*/(examples?|x-[a-z-]+)/).*/schema)"
            + "(/properties/[^/]+|/items|/(allOf|oneOf|anyOf)/\\d+|/(if|then|else|not))*");
    private static final Set<String> FORMATS_WITH_A_TYPE = words("date-time date time duration uuid uri binary byte");
    private static final Set<String> LOGIC = words("allOf anyOf oneOf not if then else const discriminator nullable"
            + " prefixItems contains patternProperties propertyNames unevaluatedProperties unevaluatedItems");
    private static final Set<String> TAKEN_BY_LANGUAGES =
            words("Any Array Boolean Date Enum Error Exception File Integer"
                    + " List Long Map Number Object Optional Response Result Set String Type Union");
    private static final Set<String> TAKEN_IN_ENUMS = words("name ordinal value values entries encode decode");

    private static final Map<String, JsonNode> SCHEMAS = schemas();

    private static Set<String> words(String text) {
        return Set.of(text.split(" "));
    }

    private static Map<String, JsonNode> schemas() {
        Map<String, JsonNode> schemas = new LinkedHashMap<>();
        for (Nodes place : Nodes.below(DOCUMENT.tree())) {
            if (SCHEMA.matcher(place.pointer()).matches()) {
                schemas.put(place.pointer(), place.node());
            }
        }
        return schemas;
    }

    private static List<String> where(Predicate<JsonNode> wrong) {
        List<String> found = new ArrayList<>();
        SCHEMAS.forEach((place, schema) -> {
            if (wrong.test(schema)) {
                found.add(place);
            }
        });
        return found;
    }

    private static boolean isNamed(String place) {
        return place.matches(NAMED);
    }

    private static boolean isObject(JsonNode schema) {
        return schema.path("type").asText().equals("object") || schema.has("properties");
    }

    @Test
    void findsTheSchemas() {
        assertThat(SCHEMAS).hasSizeGreaterThan(400);
        assertThat(SCHEMAS.keySet()).contains("/components/schemas/Order/properties/items/items");
    }

    /** Python 7.14 checks a pattern with a name that it imports for texts alone: the whole client fails at import. */
    @Test
    void putsNoPatternOnWhatBecomesADate() {
        assertThat(where(schema -> schema.has("pattern")
                        && FORMATS_WITH_A_TYPE.contains(schema.path("format").asText())))
                .isEmpty();
    }

    /** Beside an {@code allOf}, Kotlin drops properties and Python wants what is not sent. */
    @Test
    void writesEveryShapeOutInsteadOfComposingIt() {
        assertThat(where(schema -> schema.isBoolean() || LOGIC.stream().anyMatch(schema::has)))
                .isEmpty();
    }

    /** {@code nullable} is lost on Python and Kotlin, a {@code oneOf} with null on Java. */
    @Test
    void saysNullInTheOneWayThatAllRead() {
        assertThat(where(schema -> {
                    JsonNode type = schema.path("type");
                    return type.isArray()
                            && (type.size() != 2 || !type.get(1).asText().equals("null"));
                }))
                .isEmpty();
        assertThat(where(schema -> schema.path("type").asText().equals("null"))).isEmpty();
    }

    /** A shape without a name becomes {@code ListTrail200Response} or {@code OrderRequestItemsInner}. */
    @Test
    void namesEveryObjectAndEveryChoice() {
        List<String> nameless = new ArrayList<>(where(schema -> isObject(schema) || schema.has("enum")));
        nameless.removeIf(place -> isNamed(place) || place.startsWith("/components/headers/"));
        assertThat(nameless).isEmpty();
    }

    /** Kotlin makes constants of the values as they are written, and {@code name} is there already. */
    @Test
    void hasAWordForEveryChoice() {
        DOCUMENT.tree().at("/components/schemas").properties().forEach(named -> {
            JsonNode schema = named.getValue();
            JsonNode words = schema.path(schema.has("x-enum-varnames") ? "x-enum-varnames" : "enum");
            assertThat(words).as(named.getKey()).hasSameSizeAs(schema.path("enum"));
            words.forEach(word -> assertThat(word.asText())
                    .as(named.getKey())
                    .matches("[A-Za-z][A-Za-z0-9_]*")
                    .isNotIn(TAKEN_IN_ENUMS));
        });
    }

    /** Kotlin 7.14 writes the default's value where the constant belongs. */
    @Test
    void leavesNoDefaultAmongChoices() {
        assertThat(where(schema -> schema.has("enum") && schema.has("default"))).isEmpty();
    }

    @Test
    void namesNothingAsALanguageDoes() {
        DOCUMENT.tree().at("/components/schemas").fieldNames().forEachRemaining(name -> assertThat(name)
                .matches("[A-Z][A-Za-z]+")
                .isNotIn(TAKEN_BY_LANGUAGES));
    }

    @Test
    void hasNoTwoNamesForOneShape() {
        Map<Map<String, JsonNode>, String> shapes = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        DOCUMENT.tree().at("/components/schemas").properties().forEach(named -> {
            Map<String, JsonNode> shape = shape(named.getValue());
            String first = shapes.putIfAbsent(shape, named.getKey());
            if (!shape.isEmpty() && first != null) {
                twice.add(first + " = " + named.getKey());
            }
        });
        assertThat(twice).isEmpty();
    }

    private static Map<String, JsonNode> shape(JsonNode schema) {
        Map<String, JsonNode> shape = new TreeMap<>();
        schema.path("allOf").forEach(part -> shape.putAll(shape(DOCUMENT.resolve(part))));
        schema.path("properties").properties().forEach(p -> shape.put(p.getKey(), p.getValue()));
        return shape;
    }

    /** Without a format, Java and Kotlin make 32 bits of it, and a larger sum cannot be read. */
    @Test
    void givesNumbersTheBitsThatTheyNeed() {
        assertThat(where(schema -> schema.path("maximum").asLong() > Integer.MAX_VALUE
                        && !schema.path("format").asText().equals("int64")))
                .isEmpty();
    }

    @Test
    void hasAnOperationIdThatIsAWordInEveryLanguage() {
        Set<String> inSnakeCase = new HashSet<>();
        for (Operation operation : OPERATIONS.all()) {
            assertThat(operation.definition().path("operationId").asText())
                    .as("%s %s", operation.method(), operation.path())
                    .matches("[a-z]{3,}([A-Z][a-z]+)*");
            assertThat(inSnakeCase.add(operation.id().toLowerCase(Locale.ROOT))).isTrue();
        }
    }

    /** The body is one argument; what may stand in the query in its place is no argument beside it. */
    @Test
    void takesTheBodyAsTheOneArgumentBesidePathAndKey() {
        for (Operation operation : OPERATIONS.all()) {
            if (operation.definition().has("requestBody")) {
                JsonNode body = operation.definition().get("requestBody");
                JsonNode schema = DOCUMENT.resolve(body.at("/content/application~1json/schema"));
                assertThat(body.path("required").asBoolean()
                                || schema.path("required").isEmpty())
                        .as("%s: a body with a required field is required", operation.id())
                        .isTrue();
                assertThat(operation.parameters().stream()
                                .map(parameter -> parameter.get("in").asText()))
                        .as(operation.id())
                        .doesNotContain("query");
            }
        }
    }

    /** What every call takes is the transport's, and described once. */
    @Test
    void repeatsNoHeaderOnEveryOperation() {
        Set<String> everywhere = null;
        for (Operation operation : OPERATIONS.all()) {
            Set<String> names = new TreeSet<>();
            operation.parameters().forEach(p -> names.add(p.get("name").asText()));
            if (everywhere == null) {
                everywhere = names;
            }
            everywhere.retainAll(names);
            assertThat(names).as(operation.id()).doesNotContain("Accept-Language");
        }
        assertThat(everywhere).isEmpty();
        assertThat(DOCUMENT.tree().at("/info/description").asText()).contains("`Accept-Language`");
    }

    /** A client made today takes an answer that has grown a field; a server refuses a field that it does not know. */
    @Test
    void leavesAnswersOpenAndRequestsClosed() {
        Set<String> inAnswers = new TreeSet<>();
        Set<String> inRequests = new TreeSet<>();
        for (Operation operation : OPERATIONS.all()) {
            operation.definition().get("responses").forEach(response -> DOCUMENT.resolve(response)
                    .get("content")
                    .forEach(content -> collect(content.get("schema"), inAnswers)));
            operation
                    .definition()
                    .at("/requestBody/content")
                    .forEach(content -> collect(content.get("schema"), inRequests));
        }
        inRequests.removeAll(inAnswers);
        // A payment provider may add fields to its webhooks.
        inRequests.removeAll(Set.of("Webhook", "WebhookData"));
        assertThat(inRequests).hasSizeGreaterThan(10).allMatch(name -> closed(name), "closed");
        assertThat(inAnswers).hasSizeGreaterThan(25).noneMatch(name -> closed(name));
    }

    private static boolean closed(String name) {
        JsonNode schema = DOCUMENT.tree().at("/components/schemas/" + name);
        return schema.path("additionalProperties").isBoolean() || schema.has("unevaluatedProperties");
    }

    private static void collect(JsonNode schema, Set<String> objects) {
        if (schema.has("$ref")) {
            String name = schema.get("$ref").asText().replaceFirst(".*/", "");
            JsonNode named = DOCUMENT.resolve(schema);
            if (isObject(named) || named.has("allOf") ? objects.add(name) : named.has("items")) {
                collect(named, objects);
            }
        } else {
            schema.path("properties").forEach(property -> collect(property, objects));
            schema.path("allOf").forEach(part -> collect(part, objects));
            if (schema.has("items")) {
                collect(schema.get("items"), objects);
            }
        }
    }
}
