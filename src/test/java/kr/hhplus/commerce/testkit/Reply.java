package kr.hhplus.commerce.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Set;
import kr.hhplus.commerce.web.openapi.Contract;

/** What came back over the wire. The body is a missing node where there was none. */
public record Reply(int status, JsonNode body, HttpHeaders headers, String raw) {

    private static final Set<String> NOT_HAPPENED = Set.of("OVERLOADED", "ROW_LOCKED", "UNAVAILABLE");

    /** Fails where the OpenAPI document announces no such answer to the call. */
    public Reply checkedAgainst(Call call) {
        Contract.check(call.method(), URI.create(call.path()).getRawPath(), status, headers.map(), raw);
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
        return body.path("code").asText("");
    }

    public boolean replayed() {
        return headers.firstValue("Idempotent-Replayed").filter("true"::equals).isPresent();
    }

    public String text(String field) {
        return body.required(field).textValue();
    }

    public long number(String field) {
        return body.required(field).longValue();
    }

    @Override
    public String toString() {
        return status + " " + body;
    }
}
