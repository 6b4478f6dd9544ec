package kr.hhplus.commerce.security.tokens;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.problem.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/** Answers clients with a missing, insufficient or invalid token. The reason is logged, not sent. */
final class Challenge {

    private static final Logger log = LoggerFactory.getLogger(Challenge.class);

    private static final long WARN_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicLong WARNED_NANOS = new AtomicLong(System.nanoTime() - WARN_INTERVAL_NANOS);

    private Challenge() {}

    /** For callers without the role that the route requires. */
    static void answer(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        if (caller.authenticated()) {
            Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN));
        } else {
            write(request, response, "Bearer");
        }
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String scheme)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, scheme);
        Problems.write(request, response, Refusal.of(ErrorCode.UNAUTHENTICATED));
    }

    /** For invalid tokens. If the issuer's keys are not available, tokens cannot be verified: 503. */
    static void answer(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof AuthenticationServiceException) {
            warn(failure);
            Problems.write(request, response, Refusal.of(ErrorCode.UNAVAILABLE));
        } else {
            log.debug("invalid token: {}", failure.getMessage());
            write(request, response, "Bearer error=\"invalid_token\"");
        }
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
