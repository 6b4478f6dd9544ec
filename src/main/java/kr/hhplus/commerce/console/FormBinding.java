package kr.hhplus.commerce.console;

import java.beans.PropertyEditorSupport;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.json.Multiline;
import kr.hhplus.commerce.kernel.text.TextRules;
import kr.hhplus.commerce.pages.FormTimes;
import org.springframework.beans.propertyeditors.CustomBooleanEditor;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.web.bind.WebDataBinder;

/**
 * Binds form fields to records. Each controller registers it in an {@code @InitBinder} that names its forms, so that
 * numbers in paths and queries keep the stricter syntax of the API.
 */
@Component
class FormBinding {

    /** Spring's own editors also accept hexadecimal, a plus, blanks and the digits of every script. */
    private static final Pattern NUMBER = Pattern.compile("-?(?:\\d{1,18}|\\d{1,3}(?:,\\d{3}){1,5})");

    private final FormTimes times;

    FormBinding(FormTimes times) {
        this.times = times;
    }

    void register(WebDataBinder binder) {
        binder.setDeclarativeBinding(true);
        binder.registerCustomEditor(String.class, new Editor<>(text -> text.replace("\r\n", "\n"), String::valueOf));
        binder.registerCustomEditor(Long.class, new Editor<>(FormBinding::number, String::valueOf));
        binder.registerCustomEditor(Integer.class, new Editor<>(FormBinding::smallNumber, String::valueOf));
        binder.registerCustomEditor(Instant.class, new Editor<>(this::time, times::format));
        binder.registerCustomEditor(Boolean.class, new CustomBooleanEditor("true", "false", true));
        binder.addValidators(new PlainTexts());
    }

    private static Long number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("not a whole number");
        }
        return Long.valueOf(text.replace(",", ""));
    }

    private static Integer smallNumber(String text) {
        long number = number(text);
        if (number != (int) number) {
            throw new IllegalArgumentException("out of range");
        }
        return (int) number;
    }

    private Instant time(String text) {
        return times.parse(text).orElseThrow(() -> new IllegalArgumentException("not a local time"));
    }

    /** Strips blanks around the text; an empty field is null. */
    private static final class Editor<T> extends PropertyEditorSupport {

        private final Function<String, T> read;
        private final Function<T, String> write;

        Editor(Function<String, T> read, Function<T, String> write) {
            this.read = read;
            this.write = write;
        }

        @Override
        public void setAsText(String text) {
            String stripped = text.strip();
            setValue(stripped.isEmpty() ? null : read.apply(stripped));
        }

        @Override
        @SuppressWarnings("unchecked")
        public String getAsText() {
            return getValue() == null ? "" : write.apply((T) getValue());
        }
    }

    /** Applies the rule that the API applies to texts in JSON. */
    private static final class PlainTexts implements Validator {

        @Override
        public boolean supports(Class<?> type) {
            return type.isRecord();
        }

        @Override
        public void validate(Object form, Errors errors) {
            for (RecordComponent component : form.getClass().getRecordComponents()) {
                Method accessor = component.getAccessor();
                ReflectionUtils.makeAccessible(accessor);
                if (ReflectionUtils.invokeMethod(accessor, form) instanceof String text
                        && !isPlain(text, accessor.isAnnotationPresent(Multiline.class))) {
                    errors.rejectValue(component.getName(), "plain");
                }
            }
        }

        private static boolean isPlain(String text, boolean multiline) {
            return multiline ? TextRules.isPlainMultiline(text) : TextRules.isPlain(text);
        }
    }
}
