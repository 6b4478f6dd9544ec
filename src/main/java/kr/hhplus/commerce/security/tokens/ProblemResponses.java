package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Responds to API clients that may not call. The reason for a rejected token is logged, not sent. */
public final class ProblemResponses implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemResponses.class);

    private static final long WARN_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicLong WARNED_NANOS = new AtomicLong(System.nanoTime() - WARN_INTERVAL_NANOS);

    /** Tokens cannot be verified because the issuer's keys are not available. */
    static final class IssuerUnavailableException extends AuthenticationException {

        IssuerUnavailableException(AuthenticationException cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof IssuerUnavailableException) {
            warn(failure);
            Problems.write(request, response, Refusal.of(ErrorCode.UNAVAILABLE));
            return;
        }
        boolean invalid = failure instanceof OAuth2AuthenticationException;
        log.debug("not authenticated: {}", failure.getMessage());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, invalid ? "Bearer error=\"invalid_token\"" : "Bearer");
        Problems.write(request, response, Refusal.of(ErrorCode.UNAUTHENTICATED));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN));
    }

    /** Rate-limited, because every request fails while the keys are not available. */
    private static void warn(AuthenticationException failure) {
        long last = WARNED_NANOS.get();
        long now = System.nanoTime();
        if (now - last > WARN_INTERVAL_NANOS && WARNED_NANOS.compareAndSet(last, now)) {
            log.warn("cannot verify tokens: {}", failure.getMessage());
        }
    }
}
