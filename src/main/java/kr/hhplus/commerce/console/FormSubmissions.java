package kr.hhplus.commerce.console;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.CommandResults;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.web.problem.Problems.Explanation;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindingResult;
import org.springframework.validation.MapBindingResult;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Runs the command of a form. A refusal becomes an error of the form's {@link BindingResult}, at its field if the form
 * has that field. The response gets the refusal's status, and the template reads it as {@code refused}.
 */
@Component
class FormSubmissions {

    private final PageErrors errors;
    private final Validator validator;

    FormSubmissions(PageErrors errors, Validator validator) {
        this.errors = errors;
        this.validator = validator;
    }

    /**
     * Submits a command and waits for its result. Operators are few, so blocking a thread is acceptable.
     *
     * @return the result; empty if the form has errors or the command was refused: the form must be shown again
     */
    <T> Optional<T> submit(
            BindingResult form, ServletWebRequest request, Supplier<CompletableFuture<CommandResult<T>>> command) {
        return run(
                form, request, () -> CommandResults.valueOrThrow(command.get().join()));
    }

    /** Submits the command of a button, a form without fields. */
    <T> Optional<T> submit(ServletWebRequest request, Supplier<CompletableFuture<CommandResult<T>>> command) {
        return submit(new MapBindingResult(Map.of(), "form"), request, command);
    }

    /** Like {@link #submit}, for an operation without a command queue. */
    <T> Optional<T> run(BindingResult form, ServletWebRequest request, Supplier<T> operation) {
        try {
            if (form.hasErrors()) {
                throw new RefusedException(new InvalidRequest(List.of()));
            }
            return Optional.of(operation.get());
        } catch (RuntimeException failure) {
            Explanation refused = errors.explain(failure, request.getRequest(), request.getResponse());
            request.getResponse().setStatus(refused.status());
            request.setAttribute("refused", refused, RequestAttributes.SCOPE_REQUEST);
            if (form.getTarget() == null) {
                keepInput(form, request);
            }
            reject(form, refused);
            return Optional.empty();
        }
    }

    /** If a field cannot be converted, there is no record to show, so the form gets all submitted values. */
    private static void keepInput(BindingResult form, ServletWebRequest request) {
        request.getParameterMap().forEach((field, values) -> form.recordFieldValue(field, String.class, values[0]));
    }

    /**
     * Validates a patch.
     *
     * @throws ConstraintViolationException if the patch breaks a constraint
     */
    <T> T valid(T patch) {
        Set<ConstraintViolation<T>> violations = validator.validate(patch);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return patch;
    }

    /** Maps the pointer {@code /discount/value} to the field {@code discount.value}. */
    private static void reject(BindingResult form, Explanation refused) {
        if (refused.refusal() instanceof InvalidRequest invalid) {
            for (int i = 0; i < invalid.errors().size(); i++) {
                String pointer = invalid.errors().get(i).pointer();
                String field = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
                String text = refused.errors().get(i);
                if (!field.isEmpty() && form.getFieldType(field) != null) {
                    form.rejectValue(field, "refused", text);
                } else {
                    form.reject("refused", text);
                }
            }
        }
    }
}
