package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.web.request.RequestCaller;

/** Lets a request on where its caller is what its route wants, and names that caller to everything behind. */
public final class Gate extends HttpFilter {

    /** How callers hear that they may not: clients as a problem, people as a page. */
    public interface Denial {

        /** @param caller known, but not what the route wants; or nobody */
        void answer(HttpServletRequest request, HttpServletResponse response, Caller caller)
                throws IOException, ServletException;
    }

    private final Routes routes;
    private final Denial denial;

    /** For clients. */
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
