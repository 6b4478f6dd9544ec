package kr.hhplus.commerce.web.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.springframework.util.ClassUtils;

/** Numbers and booleans written in a URL: plain decimal digits and nothing else, no sign but a minus, no blanks. */
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

    /** Puts the value that the text stands for. @return the name of what is wanted, where the text is no such value */
    static String put(ObjectNode object, String name, String text, Class<?> type) {
        Class<?> wanted = ClassUtils.resolvePrimitiveIfNecessary(type);
        if (wanted == Boolean.class) {
            if (!text.equals("true") && !text.equals("false")) {
                return "boolean";
            }
            object.put(name, text.equals("true"));
        } else if (Number.class.isAssignableFrom(wanted)) {
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
