package kr.hhplus.commerce.kernel;

import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.text.TextRules;

/** The request violates the contract. Each violation has a JSON pointer (RFC 6901) and a message. */
public record InvalidRequest(List<Violation> errors) implements Refusal {

    private static final int NAME_LENGTH_MAX = 100;

    /**
     * One violation.
     *
     * @param pointer the JSON pointer to the invalid value
     * @param detail a message, or the key of one: {@code range} stands for {@code violation.range} in
     *     {@code problems*.properties}
     * @param arguments the values of the placeholders {@code {0}}, {@code {1}} … of a keyed message
     */
    public record Violation(String pointer, String detail, List<Object> arguments) {

        public Violation(String pointer, String detail) {
            this(pointer, detail, List.of());
        }
    }

    public static InvalidRequest at(String pointer, String detail, Object... arguments) {
        return new InvalidRequest(List.of(new Violation(pointer, detail, List.of(arguments))));
    }

    /**
     * Returns the violation for an unknown parameter or field.
     *
     * @param name the name as the client sent it
     */
    public static Violation unknown(String name) {
        String shortened = TextRules.shortened(name, NAME_LENGTH_MAX);
        return new Violation("/" + shortened.replace("~", "~0").replace("/", "~1"), "unknown");
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
