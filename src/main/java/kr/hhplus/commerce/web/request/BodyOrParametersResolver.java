package kr.hhplus.commerce.web.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.server.BufferedRequest;
import kr.hhplus.commerce.web.server.FormText;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves {@link BodyOrParameters}. Parameters are converted to JSON first, so that the same rules apply to both. */
final class BodyOrParametersResolver implements HandlerMethodArgumentResolver {

    private static final List<MediaType> SUPPORTED =
            List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_FORM_URLENCODED);

    private final ObjectMapper json;
    private final Validator validator;

    BodyOrParametersResolver(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(BodyOrParameters.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            ModelAndViewContainer container,
            NativeWebRequest webRequest,
            WebDataBinderFactory binders)
            throws HttpMediaTypeNotSupportedException {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        Class<?> type = parameter.getParameterType();
        boolean fromQuery =
                parameter.getParameterAnnotation(BodyOrParameters.class).query();
        Object value = read(request, type, fromQuery);
        Set<ConstraintViolation<Object>> violations = validator.validate(value);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
        return value;
    }

    private Object read(HttpServletRequest request, Class<?> type, boolean fromQuery)
            throws HttpMediaTypeNotSupportedException {
        byte[] body = BufferedRequest.bodyOf(request);
        Map<String, List<String>> query = FormText.parse(request.getQueryString());
        if (!fromQuery && !query.isEmpty()) {
            throw refused(query.keySet().stream()
                    .map(name -> new Violation("/" + name, "noQuery"))
                    .toList());
        }
        try {
            if (body.length == 0) {
                return json.treeToValue(object(query, type), type);
            }
            if (FormText.isForm(request)) {
                FormText.parse(FormText.utf8(body))
                        .forEach((name, values) -> query.merge(name, values, (a, b) -> {
                            List<String> both = new ArrayList<>(a);
                            both.addAll(b);
                            return both;
                        }));
                return json.treeToValue(object(query, type), type);
            }
            JsonBodyResolver.requireJson(request, SUPPORTED);
            if (!query.isEmpty()) {
                throw refused(query.keySet().stream()
                        .map(name -> new Violation("/" + name, "once"))
                        .toList());
            }
            return requireObject(json.readValue(StrictUtf8.require(body), type));
        } catch (JsonProcessingException e) {
            throw new HttpMessageNotReadableException("not a valid " + type, e, new ServletServerHttpRequest(request));
        }
    }

    /** Jackson returns null for the JSON text {@code null}. */
    private static Object requireObject(Object read) {
        if (read == null) {
            throw new RefusedException(InvalidRequest.at("", "object"));
        }
        return read;
    }

    private ObjectNode object(Map<String, List<String>> parameters, Class<?> type) {
        ObjectNode object = json.createObjectNode();
        List<Violation> violations = new ArrayList<>();
        Map<String, Class<?>> types = Arrays.stream(type.getRecordComponents())
                .collect(java.util.stream.Collectors.toMap(RecordComponent::getName, RecordComponent::getType));
        parameters.forEach((name, values) -> {
            Class<?> expected = types.get(name);
            if (expected == null) {
                violations.add(InvalidRequest.unknown(name));
            } else if (values.size() > 1) {
                violations.add(new Violation("/" + name, "once"));
            } else if (!values.get(0).isEmpty()) {
                String violation = Scalars.put(object, name, values.get(0), expected);
                if (violation != null) {
                    violations.add(new Violation("/" + name, violation));
                }
            }
        });
        if (!violations.isEmpty()) {
            throw refused(violations);
        }
        return object;
    }

    private static RefusedException refused(List<Violation> violations) {
        return new RefusedException(new InvalidRequest(violations));
    }
}
