package kr.hhplus.commerce.web.request;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kr.hhplus.commerce.kernel.Caller;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** On a {@code userId}: it may be left out by a user who has shown a token, and has to be given by everybody else. */
@Constraint(validatedBy = OwnerDefault.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnerDefault {

    String message() default "must be given";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** See {@link OwnerDefault}. */
    final class Check implements ConstraintValidator<OwnerDefault, Long> {

        @Override
        public boolean isValid(Long userId, ConstraintValidatorContext context) {
            return userId != null
                    || RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                            && isMet(null, RequestCaller.of(request.getRequest()));
        }

        /** The same rule without a validator. */
        public static boolean isMet(Long userId, Caller caller) {
            return userId != null || caller.userId() != 0;
        }
    }
}
