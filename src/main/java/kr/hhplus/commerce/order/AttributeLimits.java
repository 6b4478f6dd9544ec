package kr.hhplus.commerce.order;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import kr.hhplus.commerce.kernel.text.TextRules;

/** Limits the attributes of an order: {@value #KEYS_MAX} keys, {@value #BYTES_MAX} bytes of UTF-8 in all. */
@Constraint(validatedBy = AttributeLimits.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface AttributeLimits {

    int KEYS_MAX = 20;

    /** In code points. A key is visible, and plain by {@link TextRules}. */
    int KEY_LENGTH_MAX = 40;

    /** Of all keys and values. */
    int BYTES_MAX = 4 * 1024;

    String message() default "at most 20 keys of 1 to 40 characters, with texts as values; 4096 bytes of UTF-8 in all";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The validator of {@link AttributeLimits}. */
    final class Check implements ConstraintValidator<AttributeLimits, Map<String, String>> {

        @Override
        public boolean isValid(Map<String, String> attributes, ConstraintValidatorContext context) {
            return attributes == null
                    || attributes.size() <= KEYS_MAX
                            && attributes.entrySet().stream()
                                    .allMatch(entry -> isKey(entry.getKey()) && entry.getValue() != null)
                            && attributes.entrySet().stream()
                                            .mapToLong(entry -> bytes(entry.getKey()) + bytes(entry.getValue()))
                                            .sum()
                                    <= BYTES_MAX;
        }

        private static boolean isKey(String key) {
            return TextRules.length(key) <= KEY_LENGTH_MAX && !TextRules.isBlank(key) && TextRules.isPlain(key);
        }

        private static long bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    }
}
