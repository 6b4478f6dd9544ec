package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.DOCUMENT;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.openapi.OddValues.Place;
import kr.hhplus.commerce.web.server.FormText;

/** Makes requests to one operation: some that fit the document, most with one thing about them that is odd. */
final class OddRequests {

    private static final int BODY_BYTES_MAX = 16 * 1024;
    private static final List<String> ENCODED = List.of(
            "%00", "%ff", "%zz", "%", "%e2%82", "%F0%9F%98%80", "%20", "+1", "1+", "0x1", "%D9%A1", "1;2", "1,2");
    private static final List<String> KEYS = List.of("", " ", "a b", "k".repeat(256), "k\u00e9", "키", "k\u0001");
    private static final List<String> REFUSED_TYPES = List.of(
            "text/plain", "application/xml", "nonsense", ";", "application/json-patch+json", "multipart/form-data");
    private static final int DRAWS_MAX = 1_000;
    private static final List<String> OTHER_HEADERS = List.of(
            "Accept-Language: xx-!!",
            "Accept-Language: *;q=2, ko;q=banana",
            "Accept-Language: " + "ko,".repeat(60),
            "Accept: */*;q=0.1",
            "Accept: application/*",
            "X-Request-Id: \u0080\u00ff",
            "Prefer: code=500",
            "X-HTTP-Method-Override: DELETE",
            "Expect: something");

    private final Operation operation;
    private final OddValues values;
    private final Random random;

    OddRequests(Operation operation, OddValues values, Random random) {
        this.operation = operation;
        this.values = values;
        this.random = random;
    }

    private String path;
    private Map<String, List<String>> query;
    private List<String> headers;
    private byte[] body;
    private boolean ruledOut;

    /** @param ofBody a field of the body that may stand in the query in its place */
    private record Parameter(String name, String in, boolean required, boolean ofBody, JsonNode schema) {}

    private List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode parameter : operation.parameters()) {
            parameters.add(new Parameter(
                    parameter.get("name").asText(),
                    parameter.get("in").asText(),
                    parameter.path("required").asBoolean(),
                    false,
                    parameter.get("schema")));
        }
        if (bodyAsQuery()) {
            DOCUMENT.resolve(bodySchema())
                    .get("properties")
                    .properties()
                    .forEach(field ->
                            parameters.add(new Parameter(field.getKey(), "query", false, true, field.getValue())));
        }
        return parameters;
    }

    private boolean bodyAsQuery() {
        return operation.definition().path("x-body-as-query").asBoolean();
    }

    private JsonNode bodySchema() {
        return operation
                .definition()
                .at("/requestBody/content")
                .elements()
                .next()
                .get("schema");
    }

    /** Drawn again where the fields fit each by itself, but not together. */
    private JsonNode fittingBody(List<Place> places) {
        for (int draw = 0; draw < DRAWS_MAX; draw++) {
            places.clear();
            JsonNode body = values.fitting(bodySchema(), "", places);
            if (OddValues.fits(bodySchema(), body.toString())) {
                return body;
            }
        }
        throw new AssertionError("no body that fits " + operation.id() + " can be drawn");
    }

    /** One that fits, as far as a schema can tell. */
    RawRequest fitting() {
        begin();
        return end();
    }

    /** One with one thing changed. */
    RawRequest odd() {
        begin();
        boolean hasBody = body.length > 0;
        boolean hasQuery = !query.isEmpty();
        int what = random.nextInt(10);
        if (what == 0) {
            oddHeader();
        } else if (hasBody && what < 8) {
            oddBody();
        } else if (hasQuery && what < 9) {
            oddParameter();
        } else if (operation.path().getPatternString().contains("{")) {
            oddPath();
        } else {
            oddHeader();
        }
        return end();
    }

    private void begin() {
        path = operation.path().getPatternString();
        query = new LinkedHashMap<>();
        headers = new ArrayList<>();
        body = new byte[0];
        ruledOut = false;
        JsonNode content = operation.definition().at("/requestBody/content");
        boolean inQuery = bodyAsQuery() && random.nextInt(3) == 0;
        for (Parameter parameter : parameters()) {
            String name = parameter.name();
            String value =
                    values.fitting(parameter.schema(), name, new ArrayList<>()).asText();
            boolean wanted = parameter.ofBody() ? inQuery : parameter.required() || random.nextInt(3) == 0;
            if (parameter.in().equals("path")) {
                path = path.replace("{" + name + "}", value);
            } else if (wanted && parameter.in().equals("query")) {
                query.put(name, new ArrayList<>(List.of(encoded(value))));
            } else if (name.equals("Idempotency-Key") && random.nextInt(4) == 0) {
                headers.add("Idempotency-Key: key-" + random.nextInt(1000));
            }
        }
        if (!content.isMissingNode() && !inQuery) {
            body = bytes(fittingBody(new ArrayList<>()).toString());
            headers.add("Content-Type: "
                    + (content.has("application/merge-patch+json") && random.nextBoolean()
                            ? "application/merge-patch+json"
                            : "application/json; charset=utf-8"));
        }
    }

    private RawRequest end() {
        String text = String.join(
                "&",
                query.entrySet().stream()
                        .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + "=" + value))
                        .toList());
        ruledOut |= !queryFits(text);
        return new RawRequest(operation.method(), path, text, headers, body, ruledOut);
    }

    private boolean queryFits(String text) {
        Map<String, List<String>> given;
        try {
            given = FormText.parse(text);
        } catch (RefusedException malformed) {
            return false;
        }
        Set<String> unknown = new HashSet<>(given.keySet());
        for (Parameter parameter : parameters()) {
            if (parameter.in().equals("query")) {
                unknown.remove(parameter.name());
            }
        }
        if (!unknown.isEmpty()) {
            return false;
        }
        for (Parameter parameter : parameters()) {
            List<String> found = given.getOrDefault(parameter.name(), List.of(""));
            if (parameter.in().equals("query")) {
                boolean absent = found.get(0).isEmpty() && found.size() == 1;
                boolean needed = parameter.required()
                        || parameter.ofBody()
                                && body.length == 0
                                && !parameter.name().equals("campaignId");
                if (absent ? needed : found.size() > 1 || !fits(parameter.schema(), found.get(0))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean fits(JsonNode schema, String text) {
        boolean number =
                DOCUMENT.resolve(schema).path("type").asText().equals("integer") && text.matches("-?(0|[1-9][0-9]*)");
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        JsonNode value = number ? nodes.numberNode(new BigInteger(text)) : nodes.textNode(text);
        return OddValues.fits(schema, value.toString());
    }

    private void oddParameter() {
        List<String> given = query.get(values.pick(List.copyOf(query.keySet())));
        switch (random.nextInt(8)) {
            case 0 -> given.clear();
            case 1 -> given.add(given.get(0));
            case 2, 3 -> given.set(0, values.pick(ENCODED));
            default -> given.set(0, encoded(oddText(schemaOf("query"))));
        }
        query.values().removeIf(List::isEmpty);
    }

    private void oddPath() {
        JsonNode schema = schemaOf("path");
        String pattern = operation.path().getPatternString();
        String odd = random.nextBoolean() ? values.pick(ENCODED) : encoded(oddText(schema));
        String segment = odd.isEmpty() ? "-" : odd.length() > 3000 ? odd.substring(0, 3000) : odd;
        path = pattern.replaceFirst("\\{\\w+}", segment.replace("\\", "").replace("+", "%2B"));
        String value;
        try {
            value = FormText.parse("v="
                            + path.split("/")[
                                    pattern.substring(0, pattern.indexOf('{')).split("/").length])
                    .get("v")
                    .get(0);
        } catch (RefusedException malformed) {
            ruledOut = true;
            return;
        }
        ruledOut |= !fits(schema, value);
    }

    private JsonNode schemaOf(String place) {
        List<JsonNode> schemas = new ArrayList<>();
        for (Parameter parameter : parameters()) {
            if (parameter.in().equals(place)) {
                schemas.add(parameter.schema());
            }
        }
        return values.pick(schemas);
    }

    private String oddText(JsonNode schema) {
        String odd = values.odd(schema);
        String bare = odd.startsWith("\"") ? odd.substring(1, Math.max(1, odd.length() - 1)) : odd;
        String text = bare.length() > 2000 ? bare.substring(0, 2000) : bare;
        return encoded(text).length() > 6000 ? text.substring(0, 600) : text;
    }

    private void oddHeader() {
        boolean takesKey = operation.method().equals("POST");
        int what = random.nextInt(takesKey ? 4 : 3);
        if (what == 3) {
            headers.removeIf(header -> header.startsWith("Idempotency-Key"));
            headers.add("Idempotency-Key: " + values.pick(KEYS));
            ruledOut = true;
        } else if (what == 2) {
            headers.add(
                    "Accept: " + values.pick(List.of("text/html", "application/xml", "image/*", "application/pdf")));
            ruledOut = true;
        } else if (what == 1 && body.length > 0) {
            headers.removeIf(header -> header.startsWith("Content-Type"));
            headers.add("Content-Type: " + values.pick(REFUSED_TYPES));
            ruledOut = true;
        } else if (random.nextInt(3) == 0) {
            query.put(values.pick(List.of("extra", "Cursor", "utm_source", "%00")), new ArrayList<>(List.of("")));
        } else {
            headers.add(values.pick(OTHER_HEADERS));
        }
    }

    private void oddBody() {
        JsonNode schema = bodySchema();
        List<Place> places = new ArrayList<>();
        JsonNode value = fittingBody(places);
        String text = value.toString();
        switch (random.nextInt(12)) {
            case 0 -> text = values.odd(schema);
            case 1 -> text = text.substring(0, random.nextInt(text.length()));
            case 2 -> text = text + values.pick(List.of("{}", " x", ",", "]", "\u0000", "null"));
            case 3 -> text = text + " ".repeat(BODY_BYTES_MAX);
            case 4 ->
                text = text.replaceFirst("\\{", Matcher.quoteReplacement("{\"extra\":" + values.odd(schema) + ","));
            case 5 -> text = value.isObject() && !value.isEmpty() ? twice((ObjectNode) value) : "{\"a\":1,\"a\":1}";
            case 6 -> text = without(value);
            default -> text = replaced(schema, value, places);
        }
        body = bytes(text);
        ruledOut |= body.length > BODY_BYTES_MAX || !OddValues.fits(schema, text);
        boolean mayBeLeftOut = bodyAsQuery()
                ? !query.isEmpty()
                : !operation.definition().at("/requestBody/required").asBoolean();
        boolean leftOut = body.length == 0 || text.equals("null") && !bodyAsQuery();
        ruledOut &= !leftOut || !mayBeLeftOut;
    }

    private static String twice(ObjectNode object) {
        Map.Entry<String, JsonNode> first = object.properties().iterator().next();
        String again = "{\"" + first.getKey() + "\":" + first.getValue() + ",";
        return object.toString().replaceFirst("\\{", Matcher.quoteReplacement(again));
    }

    private String without(JsonNode value) {
        List<String> names = new ArrayList<>();
        value.fieldNames().forEachRemaining(names::add);
        if (!names.isEmpty()) {
            ((ObjectNode) value).remove(values.pick(names));
        }
        return value.toString();
    }

    private String replaced(JsonNode schema, JsonNode value, List<Place> places) {
        if (places.isEmpty()) {
            return values.odd(schema);
        }
        Place place = values.pick(places);
        place.set(JsonNodeFactory.instance.textNode("@odd@"));
        return value.toString().replace("\"@odd@\"", values.odd(place.schema()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
