package kr.hhplus.commerce.shared.problem;

import java.util.List;
import java.util.Map;

/** The request does not fit the contract. Each violation points at its place (RFC 6901) and says what is wanted. */
public record InvalidRequest(List<Violation> errors) implements Refusal {

    /** One place that is wrong; {@code detail} is a sentence for people. */
    public record Violation(String pointer, String detail) {}

    public static InvalidRequest at(String pointer, String detail) {
        return new InvalidRequest(List.of(new Violation(pointer, detail)));
    }

    @Override
    public ErrorCode code() {
        return ErrorCode.INVALID_REQUEST;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("errors", errors);
    }
}
