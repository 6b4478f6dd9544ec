package kr.hhplus.commerce.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.FormTimes;
import org.springframework.util.DigestUtils;

/** A form on its way to an object: field by field, each of its kind; all that cannot be read is told together. */
final class TypedForm {

    private static final String BEFORE = "was.";
    private static final int SHORT_MAX = 100;
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

    private final Map<String, String> typed;
    private final ObjectNode object;
    private final FormTimes times;
    private final List<Violation> violations = new ArrayList<>();

    TypedForm(Map<String, String> typed, ObjectNode object, FormTimes times) {
        this.typed = typed;
        this.object = object;
        this.times = times;
    }

    /** As typed, without blanks around it; empty where the form has no such field. */
    String text(String field) {
        return typed.getOrDefault(field, "").strip().replace("\r\n", "\n");
    }

    /** What the form sends along of a value that it shows, to tell whether it was changed: of a long one, a digest. */
    static String was(String value) {
        return value.length() <= SHORT_MAX
                ? value.strip()
                : "#" + DigestUtils.md5DigestAsHex(value.strip().getBytes(StandardCharsets.UTF_8));
    }

    /** Texts of one line or more; {@code discount.type} is the field {@code type} of the object {@code discount}. */
    TypedForm texts(String... fields) {
        for (String field : fields) {
            put(field, text -> parent(field).put(leaf(field), text));
        }
        return this;
    }

    /** Whole numbers, with or without commas between thousands. */
    TypedForm numbers(String... fields) {
        for (String field : fields) {
            put(field, text -> number(field, text).ifPresent(n -> parent(field).put(leaf(field), n)));
        }
        return this;
    }

    /** Times as browsers write them, in the zone of the pages. */
    TypedForm times(String... fields) {
        for (String field : fields) {
            put(field, text -> {
                Optional<Instant> time = times.parse(text);
                time.ifPresentOrElse(
                        t -> parent(field).put(leaf(field), t.toString()), () -> wrong(field, "localTime"));
            });
        }
        return this;
    }

    /** {@code true} or {@code false}. */
    TypedForm booleans(String... fields) {
        for (String field : fields) {
            put(field, text -> parent(field).put(leaf(field), text.equals("true")));
        }
        return this;
    }

    private interface Put {
        void put(String text);
    }

    /** A field that was there before and is empty now is taken away; one that is as it was is left out. */
    private void put(String field, Put put) {
        String text = text(field);
        String before = typed.get(BEFORE + field);
        if (before != null && before.strip().equals(was(text))) {
            return;
        }
        if (!text.isEmpty()) {
            put.put(text);
        } else if (before != null) {
            parent(field).putNull(leaf(field));
        }
    }

    private Optional<Long> number(String field, String text) {
        String digits = text.replace(",", "");
        if (INTEGER.matcher(digits).matches()) {
            return Optional.of(Long.parseLong(digits));
        }
        wrong(field, "integer");
        return Optional.empty();
    }

    private void wrong(String field, String wanted) {
        violations.add(new Violation("/" + field.replace('.', '/'), wanted));
    }

    private ObjectNode parent(String field) {
        int dot = field.indexOf('.');
        return dot < 0 ? object : object.withObjectProperty(field.substring(0, dot));
    }

    private static String leaf(String field) {
        return field.substring(field.indexOf('.') + 1);
    }

    /** @throws RefusedException INVALID_REQUEST where something could not be read */
    ObjectNode object() {
        if (!violations.isEmpty()) {
            throw new RefusedException(new InvalidRequest(violations));
        }
        return object;
    }
}
