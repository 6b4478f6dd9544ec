package kr.hhplus.commerce.web.request;

import jakarta.servlet.ServletRequest;
import kr.hhplus.commerce.kernel.Caller;

/** Stores the caller as an attribute of the request. The filter of the access mode sets it. */
public final class RequestCaller {

    private static final String ATTRIBUTE = Caller.class.getName();

    private RequestCaller() {}

    /** Returns the caller of the request, or {@link Caller#ANONYMOUS} if no filter has set one. */
    public static Caller of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : Caller.ANONYMOUS;
    }

    /** Sets the caller of the request. */
    public static void set(ServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
