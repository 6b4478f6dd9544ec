package kr.hhplus.commerce.shared.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.List;
import kr.hhplus.commerce.shared.json.UnwantedValue;
import kr.hhplus.commerce.shared.problem.InvalidRequest.Violation;

/** Tells JSON that cannot be read (MALFORMED_REQUEST) from JSON that says the wrong thing (INVALID_REQUEST). */
final class BadJson {

    private static final int POINTER_LENGTH_MAX = 200;

    private BadJson() {}

    static Refusal refusalFor(Throwable unreadable) {
        JsonMappingException mapping = null;
        Throwable innermost = unreadable;
        for (Throwable t = unreadable; t != null; t = t.getCause()) {
            if (t instanceof RefusedException refused) {
                return refused.refusal();
            }
            mapping = mapping == null && t instanceof JsonMappingException m ? m : mapping;
            innermost = t instanceof JsonProcessingException ? t : innermost;
        }
        boolean outOfRange = innermost instanceof InputCoercionException;
        if (!outOfRange && (!(innermost instanceof JsonMappingException) || isNoSingleValue(innermost))) {
            return Refusal.of(ErrorCode.MALFORMED_REQUEST);
        }
        String pointer = mapping == null ? "" : pointer(mapping.getPath());
        return new InvalidRequest(List.of(
                outOfRange ? new Violation(pointer, "integer") : violation(pointer, (JsonMappingException) innermost)));
    }

    /** Jackson has no type of its own for an empty text, nor for a second value after the first. */
    private static boolean isNoSingleValue(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Trailing token") || message.startsWith("No content to map");
    }

    private static Violation violation(String pointer, JsonMappingException failure) {
        if (failure instanceof UnwantedValue unwanted) {
            return new Violation(pointer, unwanted.wanted());
        }
        if (failure instanceof UnrecognizedPropertyException) {
            return new Violation(pointer, "unknown");
        }
        return failure instanceof MismatchedInputException mismatch
                ? WantedType.violation(pointer, mismatch.getTargetType())
                : new Violation(pointer, "invalid");
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            String name = step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName();
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
        }
        return writable(pointer.substring(0, Math.min(pointer.length(), POINTER_LENGTH_MAX)));
    }

    /** A client's own field name may hold half a surrogate pair, which no UTF-8 answer can carry. */
    private static String writable(String text) {
        StringBuilder writable = new StringBuilder();
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .forEach(writable::appendCodePoint);
        return writable.toString();
    }
}
