package kr.hhplus.commerce.web.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.server.FormText;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Refuses bodies that are not UTF-8: the JSON parser would guess other encodings and accept overlong forms. */
@RestControllerAdvice
class StrictUtf8 extends RequestBodyAdviceAdapter {

    /**
     * Decodes a body, which must be UTF-8.
     *
     * @throws RefusedException MALFORMED_REQUEST if the body is not UTF-8 or contains NUL
     */
    static String require(byte[] body) {
        String text = FormText.utf8(body);
        if (text.indexOf('\0') >= 0) {
            throw new RefusedException(Refusal.of(ErrorCode.MALFORMED_REQUEST));
        }
        return text;
    }

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        byte[] body = message.getBody().readAllBytes();
        require(body);
        return new Checked(message.getHeaders(), body);
    }

    private record Checked(HttpHeaders headers, byte[] body) implements HttpInputMessage {

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public InputStream getBody() {
            return new ByteArrayInputStream(body);
        }
    }
}
