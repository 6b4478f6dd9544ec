package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.session.web.http.CookieSerializer.CookieValue;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.util.WebUtils;

/**
 * The session cookie: the session id and a secret. The database stores only the secret's SHA-256, so that reading it
 * does not allow taking over a session.
 */
record SessionCookie(String id, String secret) {

    static final String NAME = "session";

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static SessionCookie of(String id) {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionCookie(id, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Does not parse cookies if the request has none. */
    static boolean isOn(HttpServletRequest request) {
        return request.getHeader("Cookie") != null && WebUtils.getCookie(request, NAME) != null;
    }

    String digest() {
        try {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean matches(String digest) {
        return digest != null
                && MessageDigest.isEqual(
                        digest().getBytes(StandardCharsets.US_ASCII), digest.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "SessionCookie[]";
    }

    /** Reads and writes the cookie: HttpOnly, and SameSite=Lax against cross-site requests. */
    static final class Jar {

        private final DefaultCookieSerializer cookies = new DefaultCookieSerializer();

        /** @param secure null to follow the scheme of the request */
        Jar(Boolean secure) {
            cookies.setCookieName(NAME);
            cookies.setUseBase64Encoding(false);
            cookies.setSameSite("Lax");
            if (secure != null) {
                cookies.setUseSecureCookie(secure);
            }
        }

        Optional<SessionCookie> read(HttpServletRequest request) {
            return cookies.readCookieValues(request).stream()
                    .findFirst()
                    .map(value -> value.split("\\.", 2))
                    .filter(parts -> parts.length == 2)
                    .map(parts -> new SessionCookie(parts[0], parts[1]));
        }

        void write(HttpServletRequest request, HttpServletResponse response, SessionCookie cookie) {
            cookies.writeCookieValue(new CookieValue(request, response, cookie.id() + "." + cookie.secret()));
        }

        void remove(HttpServletRequest request, HttpServletResponse response) {
            cookies.writeCookieValue(new CookieValue(request, response, ""));
        }
    }
}
