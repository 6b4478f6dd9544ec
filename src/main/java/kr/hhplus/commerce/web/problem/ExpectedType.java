package kr.hhplus.commerce.web.problem;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import kr.hhplus.commerce.kernel.Won;
import org.springframework.util.ClassUtils;

/** Describes the expected type of a value in terms of JSON. */
public final class ExpectedType {

    private ExpectedType() {}

    /**
     * Returns the violation of a value of another type.
     *
     * @param type the expected type; null means any type
     */
    public static Violation violation(String pointer, Class<?> type) {
        Class<?> expected = type == null ? Object.class : ClassUtils.resolvePrimitiveIfNecessary(type);
        if (expected.isEnum()) {
            String choices = Arrays.stream(expected.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            return new Violation(pointer, "choice", List.of(choices));
        }
        return new Violation(pointer, name(expected));
    }

    private static String name(Class<?> expected) {
        if (expected == Long.class || expected == Integer.class || expected == Won.class) {
            return "integer";
        }
        if (Number.class.isAssignableFrom(expected)) {
            return "number";
        }
        if (expected == String.class) {
            return "text";
        }
        if (expected == Boolean.class) {
            return "boolean";
        }
        if (expected == Instant.class) {
            return "time";
        }
        if (Collection.class.isAssignableFrom(expected) || expected.isArray()) {
            return "list";
        }
        return expected.isRecord() ? "object" : "invalid";
    }
}
