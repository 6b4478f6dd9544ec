package kr.hhplus.commerce.web.problem;

import jakarta.validation.ConstraintViolation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Translates violated constraints and type mismatches of arguments into an {@link InvalidRequest}. */
final class ArgumentErrors {

    private ArgumentErrors() {}

    static InvalidRequest of(Errors errors) {
        return sorted(errors.getAllErrors().stream().map(ArgumentErrors::violation));
    }

    static InvalidRequest of(Collection<ConstraintViolation<?>> violations) {
        return sorted(violations.stream()
                .map(violation -> violation(pointer(violation.getPropertyPath().toString()), violation)));
    }

    static InvalidRequest of(HandlerMethodValidationException failure) {
        List<Violation> violations = new ArrayList<>();
        for (ParameterValidationResult result : failure.getParameterValidationResults()) {
            if (result instanceof ParameterErrors errors) {
                errors.getAllErrors().forEach(error -> violations.add(violation(error)));
            } else {
                String pointer = "/" + name(result.getMethodParameter());
                for (MessageSourceResolvable error : result.getResolvableErrors()) {
                    violations.add(violation(pointer, result.unwrap(error, ConstraintViolation.class)));
                }
            }
        }
        return sorted(violations.stream());
    }

    static InvalidRequest of(TypeMismatchException failure) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? name(argument.getParameter())
                : Objects.requireNonNullElse(failure.getPropertyName(), "");
        return new InvalidRequest(List.of(ExpectedType.violation("/" + name, failure.getRequiredType())));
    }

    /** Turns {@code items[0].quantity} into {@code /items/0/quantity}. */
    static String pointer(String path) {
        return "/"
                + path.replace("].", "/")
                        .replace(']', '/')
                        .replace('[', '/')
                        .replace('.', '/')
                        .replaceAll("/$", "");
    }

    private static InvalidRequest sorted(java.util.stream.Stream<Violation> violations) {
        return new InvalidRequest(violations
                .sorted(Comparator.comparing(Violation::pointer).thenComparing(Violation::detail))
                .toList());
    }

    private static Violation violation(ObjectError error) {
        String pointer = error instanceof FieldError field ? pointer(field.getField()) : "";
        return error.contains(ConstraintViolation.class)
                ? violation(pointer, error.unwrap(ConstraintViolation.class))
                : new Violation(pointer, "invalid");
    }

    private static Violation violation(String pointer, ConstraintViolation<?> violation) {
        String constraint = violation
                .getConstraintDescriptor()
                .getAnnotation()
                .annotationType()
                .getSimpleName();
        boolean customMessage = !violation.getMessageTemplate().equals(defaultMessage(violation));
        if (customMessage || !ProblemTexts.hasViolation(constraint)) {
            return new Violation(pointer, violation.getMessage());
        }
        Map<String, Object> attributes = violation.getConstraintDescriptor().getAttributes();
        List<Object> arguments = attributes.containsKey("value")
                ? List.of(attributes.get("value"))
                : attributes.containsKey("min") ? List.of(attributes.get("min"), attributes.get("max")) : List.of();
        return new Violation(pointer, constraint, arguments);
    }

    private static Object defaultMessage(ConstraintViolation<?> violation) {
        return AnnotationUtils.getDefaultValue(
                violation.getConstraintDescriptor().getAnnotation().annotationType(), "message");
    }

    private static String name(MethodParameter parameter) {
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        String given = query != null ? query.name() : path != null ? path.name() : "";
        return given.isEmpty() ? parameter.getParameterName() : given;
    }
}
