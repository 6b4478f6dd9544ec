package kr.hhplus.commerce.web.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;

/** Parses {@code application/x-www-form-urlencoded} queries and bodies strictly: no malformed part is skipped. */
public final class FormText {

    private static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private FormText() {}

    public static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(MEDIA_TYPE);
    }

    /**
     * Parses parameters, in order.
     *
     * @return the values by name
     * @throws RefusedException MALFORMED_REQUEST if the text is not percent-encoded UTF-8
     */
    public static Map<String, List<String>> parse(String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (text == null || text.isEmpty()) {
            return parameters;
        }
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                decoded.write(encoded[i] == '+' ? ' ' : encoded[i]);
            } else {
                if (i + 2 >= encoded.length) {
                    throw malformed();
                }
                decoded.write(digit(encoded[i + 1]) << 4 | digit(encoded[i + 2]));
                i += 2;
            }
        }
        return utf8(decoded.toByteArray());
    }

    private static int digit(byte c) {
        int digit = c < '0' ? -1 : Character.digit(c, 16);
        if (digit < 0) {
            throw malformed();
        }
        return digit;
    }

    /**
     * Decodes UTF-8.
     *
     * @throws RefusedException MALFORMED_REQUEST if the bytes are not UTF-8
     */
    public static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed();
        }
    }

    private static RefusedException malformed() {
        return new RefusedException(Refusal.of(ErrorCode.MALFORMED_REQUEST));
    }
}
