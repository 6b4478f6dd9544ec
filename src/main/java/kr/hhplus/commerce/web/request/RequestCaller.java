package kr.hhplus.commerce.web.request;

import jakarta.servlet.ServletRequest;
import kr.hhplus.commerce.kernel.Caller;

/** The caller of a request, kept as an attribute of it. */
public final class RequestCaller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private RequestCaller() {}

    /** The caller that was set on the request, or {@link Caller#LOCAL} where none was. */
    public static Caller of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.LOCAL;
    }

    /** Makes this the caller of a request, for everything that handles it from here on. */
    public static void set(ServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
