package kr.hhplus.commerce.web.request;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Constrains a {@code userId}: an authenticated user may omit it; any other caller must give it. */
@Constraint(validatedBy = OwnerDefault.Check.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface OwnerDefault {

    String message() default "must be given";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Validates {@link OwnerDefault}. */
    final class Check implements ConstraintValidator<OwnerDefault, Long> {

        @Override
        public boolean isValid(Long userId, ConstraintValidatorContext context) {
            return userId != null
                    || RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                            && RequestCaller.of(request.getRequest()).isUser();
        }
    }
}
