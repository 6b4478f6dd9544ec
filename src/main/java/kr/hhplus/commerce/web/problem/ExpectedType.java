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
     * The violation of a value that has another type.
     *
     * @param type the expected type; null where any is
     */
    public static Violation violation(String pointer, Class<?> type) {
        Class<?> wanted = type == null ? Object.class : ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wanted.isEnum()) {
            String choices = Arrays.stream(wanted.getEnumConstants())
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
            return new Violation(pointer, "choice", List.of(choices));
        }
        return new Violation(pointer, name(wanted));
    }

    private static String name(Class<?> wanted) {
        if (wanted == Long.class || wanted == Integer.class || wanted == Won.class) {
            return "integer";
        }
        if (Number.class.isAssignableFrom(wanted)) {
            return "number";
        }
        if (wanted == String.class) {
            return "text";
        }
        if (wanted == Boolean.class) {
            return "boolean";
        }
        if (wanted == Instant.class) {
            return "time";
        }
        if (Collection.class.isAssignableFrom(wanted) || wanted.isArray()) {
            return "list";
        }
        return wanted.isRecord() ? "object" : "invalid";
    }
}
