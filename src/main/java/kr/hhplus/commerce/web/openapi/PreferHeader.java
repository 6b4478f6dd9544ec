package kr.hhplus.commerce.web.openapi;

import java.util.Collection;
import java.util.Optional;
import java.util.StringJoiner;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.openapi.Operation.Example;

/**
 * The example that a client of the mock prefers: {@code Prefer: code=409, example=SALE_PAUSED} (RFC 7240). Other
 * preferences are ignored, as the RFC requires.
 *
 * @param code an HTTP status as text, or null
 * @param example a name, or null
 */
record PreferHeader(String code, String example) {

    static final String HEADER = "Prefer";
    static final String APPLIED = "Preference-Applied";

    /**
     * Parses {@code Prefer} headers.
     *
     * @throws RefusedException INVALID_REQUEST if one preference has two values
     */
    static PreferHeader of(Collection<String> headers) {
        String code = null;
        String example = null;
        for (String preference : String.join(",", headers).split(",")) {
            String[] pair = preference.strip().split("\\s*=\\s*", 2);
            String value = pair.length == 2 ? pair[1].replaceAll("^\"|\"$", "") : "";
            switch (pair[0].toLowerCase(java.util.Locale.ROOT)) {
                case "code" -> code = requireSame(code, value);
                case "example" -> example = requireSame(example, value);
                default -> {}
            }
        }
        return new PreferHeader(code, example);
    }

    private static String requireSame(String before, String value) {
        if (before != null && !before.equals(value)) {
            throw new RefusedException(InvalidRequest.at("/headers/" + HEADER, "once"));
        }
        return value;
    }

    boolean isPresent() {
        return code != null || example != null;
    }

    /** Returns the first example that matches; without a preference, the first example. */
    Optional<Example> choose(Operation operation) {
        return operation.examples().stream()
                .filter(e -> code == null || code.equals(String.valueOf(e.status())))
                .filter(e -> example == null || example.equals(e.name()))
                .findFirst();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        if (code != null) {
            text.add("code=" + code);
        }
        if (example != null) {
            text.add("example=" + example);
        }
        return text.toString();
    }
}
