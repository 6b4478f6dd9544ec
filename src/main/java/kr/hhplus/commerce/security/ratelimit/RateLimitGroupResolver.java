package kr.hhplus.commerce.security.ratelimit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;

/** The rate-limit group of each request: that of its endpoint, or one by method where no handler method takes it. */
final class RateLimitGroupResolver {

    private static final String HEALTH = "/actuator/health";
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Endpoints endpoints;

    RateLimitGroupResolver(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    RateLimitGroup of(HttpServletRequest request) {
        String path = request.getServletPath();
        if (path.equals(HEALTH) || path.startsWith(HEALTH + "/") || path.equals("/actuator/prometheus")) {
            return RateLimitGroup.NONE;
        }
        Endpoint endpoint = endpoints.find(request);
        if (endpoint != null) {
            return endpoint.rateLimit();
        }
        if (READING.contains(request.getMethod())) {
            return RateLimitGroup.READ;
        }
        // Each of these checks the secret of a client.
        return path.startsWith("/oauth2/") ? RateLimitGroup.SIGN_IN : RateLimitGroup.WRITE;
    }
}
