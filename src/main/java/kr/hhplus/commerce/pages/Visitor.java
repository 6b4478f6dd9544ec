package kr.hhplus.commerce.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalLong;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.web.request.RequestCaller;
import org.springframework.web.util.WebUtils;

/**
 * Who looks at a page, and whose things it shows: the caller's own; in local and open mode those of the user whom the
 * visitor has chosen to be.
 *
 * @param userId 0: nobody is signed in
 */
public record Visitor(Caller caller, long userId) {

    static final String COOKIE = "buyer";

    private static final long FIRST_USER = 1;

    public static Visitor of(HttpServletRequest request) {
        Caller caller = RequestCaller.of(request);
        return new Visitor(caller, caller.equals(Caller.LOCAL) ? chosen(request) : caller.userId());
    }

    private static long chosen(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? FIRST_USER : parse(cookie.getValue()).orElse(FIRST_USER);
    }

    /** A user's number as a person writes it. */
    static OptionalLong parse(String text) {
        if (!text.matches("[1-9]\\d{0,15}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(text);
        return number <= Id.MAX ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** Whether the visitor may be whichever user they like, because nobody signs in here. */
    public boolean maySwitch() {
        return caller.equals(Caller.LOCAL);
    }

    public boolean isSomebody() {
        return userId != 0;
    }

    public boolean isOperator() {
        return caller.has(Caller.Role.ADMIN);
    }

    /** The user whose page this is. @throws SignInNeeded where there is none */
    public long user() {
        if (!isSomebody()) {
            throw new SignInNeeded();
        }
        return userId;
    }

    /** Thrown where a page belongs to somebody, and nobody is signed in. Leads to the page for signing in. */
    public static final class SignInNeeded extends RuntimeException {

        SignInNeeded() {
            super("nobody is signed in", null, false, false);
        }
    }
}
