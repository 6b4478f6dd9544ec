package kr.hhplus.commerce.pages;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.OptionalLong;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.web.request.RequestCaller;
import org.springframework.web.util.WebUtils;

/**
 * The visitor of a page: the caller and the user whose data the page shows. These are the same, except in local and
 * open mode, where the visitor chooses the user.
 *
 * @param userId 0 if not signed in
 */
public record Visitor(Caller caller, long userId) {

    static final String COOKIE = "buyer";

    private static final long FIRST_USER = 1;

    public static Visitor of(HttpServletRequest request) {
        Caller caller = RequestCaller.of(request);
        return new Visitor(caller, caller.equals(Caller.UNRESTRICTED) ? chosen(request) : caller.userId());
    }

    private static long chosen(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return cookie == null ? FIRST_USER : parse(cookie.getValue()).orElse(FIRST_USER);
    }

    /** Parses a user id; empty if it is invalid. */
    static OptionalLong parse(String text) {
        if (!text.matches("[1-9]\\d{0,15}")) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(text);
        return number <= Id.MAX ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** Returns whether the visitor may choose the user, because accounts are not enabled. */
    public boolean maySwitch() {
        return caller.equals(Caller.UNRESTRICTED);
    }

    public boolean hasUser() {
        return userId != 0;
    }

    public boolean isOperator() {
        return caller.has(Caller.Role.ADMIN);
    }

    /**
     * Returns the user whose data the page shows.
     *
     * @throws SignInNeeded if the visitor is not signed in
     */
    public long user() {
        if (!hasUser()) {
            throw new SignInNeeded();
        }
        return userId;
    }

    /** Thrown by a page that needs a signed-in visitor; becomes a redirect to the sign-in page. */
    public static final class SignInNeeded extends RuntimeException {

        SignInNeeded() {
            super("the visitor is not signed in", null, false, false);
        }
    }
}
