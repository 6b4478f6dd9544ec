package kr.hhplus.commerce.web.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.List;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.json.InvalidJsonValueException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Distinguishes malformed JSON (MALFORMED_REQUEST) from JSON that does not fit the type (INVALID_REQUEST). */
final class JsonErrors {

    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int POINTER_LENGTH_MAX = 200;

    private JsonErrors() {}

    /** Malformed JSON takes precedence, even if an invalid value precedes the syntax error. */
    static Refusal refusalFor(HttpMessageNotReadableException unreadable) {
        Refusal refusal = refusalOf(unreadable);
        return refusal.code() != ErrorCode.INVALID_REQUEST || isOneValue(unreadable.getHttpInputMessage())
                ? refusal
                : Refusal.of(ErrorCode.MALFORMED_REQUEST);
    }

    /** Jackson reports an empty text and a second value as mapping errors too, so the text is parsed again. */
    private static boolean isOneValue(HttpInputMessage message) {
        MediaType type = message.getHeaders().getContentType();
        if (type == null || MediaType.APPLICATION_FORM_URLENCODED.isCompatibleWith(type)) {
            return true;
        }
        try (JsonParser parser = STRICT.createParser(message.getBody())) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static Refusal refusalOf(Throwable unreadable) {
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
        if (!outOfRange && !(innermost instanceof JsonMappingException)) {
            return Refusal.of(ErrorCode.MALFORMED_REQUEST);
        }
        String pointer = mapping == null ? "" : pointer(mapping.getPath());
        return new InvalidRequest(List.of(
                outOfRange ? new Violation(pointer, "integer") : violation(pointer, (JsonMappingException) innermost)));
    }

    private static Violation violation(String pointer, JsonMappingException failure) {
        if (failure instanceof InvalidJsonValueException unwanted) {
            return new Violation(pointer, unwanted.messageKey());
        }
        if (failure instanceof UnrecognizedPropertyException) {
            return new Violation(pointer, "unknown");
        }
        return failure instanceof MismatchedInputException mismatch
                ? ExpectedType.violation(pointer, mismatch.getTargetType())
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

    /** Replaces unpaired surrogates, which a field name may contain and UTF-8 cannot encode. */
    private static String writable(String text) {
        StringBuilder writable = new StringBuilder();
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
                .forEach(writable::appendCodePoint);
        return writable.toString();
    }
}
