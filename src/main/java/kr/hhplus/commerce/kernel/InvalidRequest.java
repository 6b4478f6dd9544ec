package kr.hhplus.commerce.kernel;

import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.text.TextRules;

/** The request does not fit the contract. Each violation points at its place (RFC 6901) and says what is wanted. */
public record InvalidRequest(List<Violation> errors) implements Refusal {

    private static final int NAME_LENGTH_MAX = 100;

    /**
     * One place that is wrong.
     *
     * @param detail a sentence for people, or the name of one: {@code range} stands for {@code violation.range} in
     *     {@code problems*.properties}
     * @param arguments take the places {@code {0}}, {@code {1}} … of a named sentence
     */
    public record Violation(String pointer, String detail, List<Object> arguments) {

        public Violation(String pointer, String detail) {
            this(pointer, detail, List.of());
        }
    }

    public static InvalidRequest at(String pointer, String detail, Object... arguments) {
        return new InvalidRequest(List.of(new Violation(pointer, detail, List.of(arguments))));
    }

    /** A parameter or field of this name has no place in the request. @param name as the client wrote it */
    public static Violation unknown(String name) {
        String shown = TextRules.shortened(name, NAME_LENGTH_MAX);
        return new Violation("/" + shown.replace("~", "~0").replace("/", "~1"), "unknown");
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
