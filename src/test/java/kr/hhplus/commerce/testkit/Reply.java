package kr.hhplus.commerce.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.web.openapi.Contract;
import org.springframework.web.util.HtmlUtils;

/** A response as it came: header names in any case, repeated headers joined by a comma, the body as text. */
public record Reply(int status, Map<String, String> headers, String body) {

    private static final Set<String> NOT_HAPPENED = Set.of("OVERLOADED", "ROW_LOCKED", "UNAVAILABLE");
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");
    private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([^\"]+)\"");
    private static final Pattern OWN_ADDRESS = Pattern.compile("^http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(?=/)");

    /** @param headers each name with one value or more, in any case */
    public static Reply of(int status, Map<String, List<String>> headers, String body) {
        Map<String, String> joined = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> values.forEach(value -> joined.merge(name, value, (a, b) -> a + ", " + b)));
        return new Reply(status, joined, body);
    }

    /** Fails where the OpenAPI document announces no such response to the call. */
    public Reply checkedAgainst(Call call) {
        return checkedAgainst(call.method(), URI.create(call.path()).getRawPath());
    }

    /** Fails where the OpenAPI document announces no such response of this operation. */
    public Reply checkedAgainst(String method, String path) {
        Map<String, List<String>> lists = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> lists.put(name, List.of(value)));
        Contract.check(method, path, status, lists, body);
        return this;
    }

    /** The call happened. */
    public boolean done() {
        return status >= 200 && status < 300;
    }

    /** The call did not happen, by the contract: a 4xx with a code, or a 503 that says so. */
    public boolean refused() {
        return status >= 400 && status < 500 && !code().isEmpty() || status == 503 && NOT_HAPPENED.contains(code());
    }

    public boolean is(String code) {
        return code().equals(code);
    }

    /** The problem's stable code, or nothing on a success. */
    public String code() {
        return json().path("code").asText("");
    }

    public boolean replayed() {
        return "true".equals(headers.get("Idempotent-Replayed"));
    }

    /** @return a missing node where there is no body */
    public JsonNode json() {
        try {
            return Client.JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + this, e);
        }
    }

    /** The violations, as pointer to detail. */
    public Map<String, String> errors() {
        Map<String, String> errors = new LinkedHashMap<>();
        json().path("errors")
                .forEach(error -> errors.put(
                        error.get("pointer").asText(), error.get("detail").asText()));
        return errors;
    }

    public String text(String field) {
        return json().required(field).textValue();
    }

    public long number(String field) {
        return json().required(field).longValue();
    }

    /** Where a redirect leads, without the server's own address; nothing where there is none. */
    public String location() {
        return OWN_ADDRESS.matcher(headers.getOrDefault("Location", "")).replaceFirst("");
    }

    public String type() {
        return headers.getOrDefault("Content-Type", "");
    }

    /** What the reader of a page sees, each piece of text apart from the next by a blank. */
    public String text() {
        String page = body.substring(body.indexOf("<body"));
        return HtmlUtils.htmlUnescape(
                        page.replaceAll("<template[^>]*></template>", "").replaceAll("<[^>]+>", " "))
                .replaceAll("\\s+", " ");
    }

    /** Of the page's last form that is sent there. */
    public Map<String, String> hiddenFields(String action) {
        int start = body.lastIndexOf("method=\"post\" action=\"" + action + "\"");
        if (start < 0) {
            throw new AssertionError("no form is sent to " + action + " from " + body);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(body.substring(start, body.indexOf("</form>", start)));
        while (hidden.find()) {
            fields.put(hidden.group(1), HtmlUtils.htmlUnescape(hidden.group(2)));
        }
        return fields;
    }

    /** The idempotency key that the page's first form sends along. */
    public String key() {
        Matcher key = KEY.matcher(body);
        if (!key.find()) {
            throw new AssertionError("no form with a key: " + body);
        }
        return key.group(1);
    }

    /** The opening tag with this in it. */
    public String tag(String within) {
        int at = body.indexOf(within);
        if (at < 0) {
            throw new AssertionError(within + " is not in " + body);
        }
        return body.substring(body.lastIndexOf('<', at), body.indexOf('>', at) + 1);
    }

    @Override
    public String toString() {
        return status + " " + body;
    }
}
