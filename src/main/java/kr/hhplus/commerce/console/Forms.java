package kr.hhplus.commerce.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.pages.FormTimes;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.stereotype.Component;

/**
 * Reads what a person typed as the JSON that a client of the API would send, so that the same rules hold and the same
 * words say what is wrong.
 */
@Component
class Forms {

    private final ObjectMapper json;
    private final Validator validator;
    private final FormTimes times;

    Forms(ObjectMapper json, Validator validator, FormTimes times) {
        this.json = json;
        this.validator = validator;
        this.times = times;
    }

    /** @param typed the form's fields; those that begin with {@code was.} say what they were when it was shown */
    TypedForm of(Map<String, String> typed) {
        return new TypedForm(typed, json.createObjectNode(), times);
    }

    /** @throws RuntimeException as a controller of the API would throw it */
    <T> T read(TypedForm form, Class<T> type, HttpServletRequest request) {
        ObjectNode object = form.object();
        try {
            T value = json.treeToValue(object, type);
            Set<ConstraintViolation<T>> violations = validator.validate(value);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new HttpMessageNotReadableException("no " + type, e, new ServletServerHttpRequest(request));
        }
    }
}
