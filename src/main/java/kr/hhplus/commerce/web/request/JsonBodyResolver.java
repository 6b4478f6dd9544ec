package kr.hhplus.commerce.web.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import kr.hhplus.commerce.web.server.BufferedRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves {@link JsonBody}. */
final class JsonBodyResolver implements HandlerMethodArgumentResolver {

    private final ObjectMapper json;

    JsonBodyResolver(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(JsonBody.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders)
            throws HttpMediaTypeNotSupportedException {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        byte[] body = BufferedRequest.bodyOf(request);
        Object value = null;
        if (body.length > 0) {
            requireJson(request, List.of(MediaType.APPLICATION_JSON));
            StrictUtf8.require(body);
            try {
                value = json.readValue(body, parameter.getParameterType());
            } catch (IOException e) {
                throw new HttpMessageNotReadableException(
                        "not a valid " + parameter.getParameterType(), e, new ServletServerHttpRequest(request));
            }
        }
        if (value == null) {
            throw new HttpMessageNotReadableException("the request has no body", new ServletServerHttpRequest(request));
        }
        return value;
    }

    /**
     * Checks the content type of a body.
     *
     * @param supported the content types that the refusal names
     * @throws HttpMediaTypeNotSupportedException if the body is not declared as JSON
     */
    static void requireJson(HttpServletRequest request, List<MediaType> supported)
            throws HttpMediaTypeNotSupportedException {
        String given = request.getContentType();
        try {
            MediaType type = given == null ? null : MediaType.parseMediaType(given);
            if (type == null || !MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
                throw new HttpMediaTypeNotSupportedException(type, supported);
            }
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotSupportedException((MediaType) null, supported);
        }
    }
}
