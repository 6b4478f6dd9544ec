package kr.hhplus.commerce.web.server;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.springframework.http.server.observation.ServerRequestObservationConvention;
import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Spring's observation filter, but a request that times out is counted once. Spring's listener stops the observation at
 * the timeout, and again when the request completes, which always follows. This filter hides timeouts from the
 * listener.
 */
final class RequestObservationFilter extends ServerHttpObservationFilter {

    RequestObservationFilter(ObservationRegistry registry, ServerRequestObservationConvention convention) {
        super(registry, convention);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        super.doFilterInternal(
                new ObservedRequest(request), response, (unused, same) -> chain.doFilter(request, response));
    }

    /** The request as Spring's filter sees it. */
    private static final class ObservedRequest extends HttpServletRequestWrapper {

        ObservedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public AsyncContext getAsyncContext() {
            AsyncContext async = super.getAsyncContext();
            return (AsyncContext) Proxy.newProxyInstance(
                    AsyncContext.class.getClassLoader(),
                    new Class<?>[] {AsyncContext.class},
                    (proxy, method, arguments) -> {
                        if (arguments != null && arguments[0] instanceof AsyncListener listener) {
                            async.addListener(new CompletionListener(listener));
                            return null;
                        }
                        return method.invoke(async, arguments);
                    });
        }
    }

    private record CompletionListener(AsyncListener listener) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(event);
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(event);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // The request completes after its timeout.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
