package kr.hhplus.commerce.kernel;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The number of a user, product or campaign: 1 to 2^53 − 1, the largest integer that every JSON parser reads exactly.
 */
@Min(1)
@Max(Id.MAX)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Id {

    long MAX = 9_007_199_254_740_991L;

    String message() default "must be from 1 to 9007199254740991";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** The same rule without a validator. */
    final class Check {

        private Check() {}

        /**
         * Checks a value.
         *
         * @param value the number, or null, which this rule allows
         */
        public static boolean isMet(Long value) {
            return value == null || value >= 1 && value <= MAX;
        }
    }
}
