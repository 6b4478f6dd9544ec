package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.web.request.RequestCaller;

/** Checks the caller against its route and passes the caller on to the handlers. */
public final class Gate extends HttpFilter {

    /** Answers refused callers: API clients with a problem document, browsers with a page. */
    public interface Denial {

        /** @param caller without the required role, or {@link Caller#ANONYMOUS} */
        void answer(HttpServletRequest request, HttpServletResponse response, Caller caller)
                throws IOException, ServletException;
    }

    private final Routes routes;
    private final Denial denial;

    /** A gate for API clients. */
    public Gate(Routes routes) {
        this(routes, Challenge::answer);
    }

    public Gate(Routes routes, Denial denial) {
        this.routes = routes;
        this.denial = denial;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Caller caller = KnownCaller.current();
        if (routes.of(request).isMetBy(caller)) {
            RequestCaller.set(request, caller);
            chain.doFilter(request, response);
        } else {
            denial.answer(request, response, caller);
        }
    }
}
