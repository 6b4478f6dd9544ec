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

/** Answers a client whose token is missing, too little, or does not hold. Why it does not is the log's to know. */
final class Challenge {

    private static final Logger log = LoggerFactory.getLogger(Challenge.class);

    private static final long WARN_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final AtomicLong WARNED_NANOS = new AtomicLong(System.nanoTime() - WARN_INTERVAL_NANOS);

    private Challenge() {}

    /** For callers who are not what a route wants. */
    static void answer(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        if (caller.known()) {
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

    /** For tokens that do not hold; and where the issuer's keys cannot be had, nobody knows whether one does. */
    static void answer(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (failure instanceof AuthenticationServiceException) {
            warn(failure);
            Problems.write(request, response, Refusal.of(ErrorCode.UNAVAILABLE));
        } else {
            log.debug("a token does not hold: {}", failure.getMessage());
            write(request, response, "Bearer error=\"invalid_token\"");
        }
    }

    /** Not for each request: everybody's tokens cannot be checked then. */
    private static void warn(AuthenticationException failure) {
        long last = WARNED_NANOS.get();
        long now = System.nanoTime();
        if (now - last > WARN_INTERVAL_NANOS && WARNED_NANOS.compareAndSet(last, now)) {
            log.warn("tokens cannot be checked: {}", failure.getMessage());
        }
    }
}
