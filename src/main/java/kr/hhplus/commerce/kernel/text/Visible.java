package kr.hhplus.commerce.kernel.text;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Requires a text with at least one visible character. Replaces {@code @NotBlank}, which recognizes ASCII white space
 * only. See {@link TextRules#isBlank}.
 */
@Constraint(validatedBy = Visible.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Visible {

    /** Whether null is valid. */
    boolean optional() default false;

    String message() default "must not be blank";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The validator of {@link Visible}. */
    final class Check implements ConstraintValidator<Visible, String> {

        private boolean optional;

        @Override
        public void initialize(Visible constraint) {
            optional = constraint.optional();
        }

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            return text == null ? optional : !TextRules.isBlank(text);
        }
    }
}
