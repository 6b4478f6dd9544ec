package kr.hhplus.commerce.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.endpoint.Endpoint;
import kr.hhplus.commerce.web.endpoint.Endpoints;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.request.RequestCaller;

/**
 * Rejects requests with a foreign Host or Origin: protects a local server from cross-origin pages and DNS rebinding.
 * Only names and addresses that always mean this machine, whatever a name server answers, are local. Webhooks are
 * exempt, because a payment provider calls them through a tunnel and they are only hints. Accepted requests may do
 * everything.
 */
final class LocalModeFilter extends HttpFilter {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern HOST = Pattern.compile(
            "(([a-z0-9-]+\\.)*localhost|127(\\." + OCTET + "){3}|\\[::1]|\\[0:0:0:0:0:0:0:1])(:\\d{1,5})?");
    private static final Pattern ORIGIN = Pattern.compile("https?://(.*)");

    private final Endpoints endpoints;

    LocalModeFilter(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean local = isLocalHost(request.getHeader("Host"))
                && Collections.list(request.getHeaders("Origin")).stream().allMatch(LocalModeFilter::isLocalOrigin);
        if (local || isWebhook(request)) {
            RequestCaller.set(request, Caller.UNRESTRICTED);
            chain.doFilter(request, response);
        } else {
            Problems.write(request, response, Refusal.of(ErrorCode.FORBIDDEN));
        }
    }

    private boolean isWebhook(HttpServletRequest request) {
        Endpoint endpoint = endpoints.find(request);
        return endpoint != null && endpoint.rateLimit() == RateLimitGroup.WEBHOOK;
    }

    /** @param host the value of the header {@code Host}, with or without a port, or null */
    private static boolean isLocalHost(String host) {
        return host != null && HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** @param origin the value of the header {@code Origin}; {@code null}, as sandboxed pages send it, is foreign */
    private static boolean isLocalOrigin(String origin) {
        var parts = ORIGIN.matcher(origin.toLowerCase(Locale.ROOT));
        return parts.matches() && isLocalHost(parts.group(1));
    }
}
