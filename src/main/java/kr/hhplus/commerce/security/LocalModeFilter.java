package kr.hhplus.commerce.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.problem.Problems;

/**
 * Rejects requests with a foreign Host or Origin: protects a local server from cross-origin pages and DNS rebinding.
 * Webhooks are exempt, because a payment provider calls them through a tunnel and they are only hints.
 */
final class LocalModeFilter extends HttpFilter {

    private final Endpoints endpoints;

    LocalModeFilter(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean local = LoopbackNames.isLocalHost(request.getHeader("Host"))
                && Collections.list(request.getHeaders("Origin")).stream().allMatch(LoopbackNames::isLocalOrigin);
        if (local || isWebhook(request)) {
            chain.doFilter(request, response);
        } else {
            Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN));
        }
    }

    private boolean isWebhook(HttpServletRequest request) {
        Endpoint endpoint = endpoints.find(request);
        return endpoint != null && endpoint.rateLimit() == RateLimitGroup.WEBHOOK;
    }
}
