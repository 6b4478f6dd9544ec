package kr.hhplus.commerce.web.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.util.ClassUtils;

/** Parses numbers and booleans of URLs. An integer has decimal digits and an optional minus, no plus and no blanks. */
final class Scalars {

    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    private Scalars() {}

    static OptionalLong integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Puts the value of the text into a JSON object.
     *
     * @return the name of the expected type if the text has another one; null if the value was put
     */
    static String put(ObjectNode object, String name, String text, Class<?> type) {
        Class<?> expected = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (expected == Boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                return "boolean";
            }
            object.put(name, text.equals("true"));
        } else if (Number.class.isAssignableFrom(expected)) {
            OptionalLong number = integer(text);
            if (number.isEmpty()) {
                return "integer";
            }
            object.put(name, number.getAsLong());
        } else {
            object.put(name, text);
        }
        return null;
    }
}
