package kr.hhplus.commerce.security.ratelimit;

/** Operations that share a rate limit. */
enum RateLimitGroup {
    ISSUE,
    ORDER,
    CHARGE,
    SIGN_IN,
    ADMIN,
    READ,
    /** Monitoring endpoints, which are never limited. */
    NONE;

    private static final String HEALTH = "/actuator/health";

    /** @param path decoded, as the container routes it */
    static RateLimitGroup of(String method, String path) {
        if (path.equals(HEALTH) || path.startsWith(HEALTH + "/") || path.equals("/actuator/prometheus")) {
            return NONE;
        }
        if (path.startsWith("/admin/") || path.equals("/console") || path.startsWith("/console/")) {
            return ADMIN;
        }
        if (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS")) {
            return READ;
        }
        if (path.equals("/coupons/issue") || path.startsWith("/shop/coupons/")) {
            return ISSUE;
        }
        if (path.startsWith("/orders") || path.startsWith("/shop/orders") || path.equals("/shop/checkout")) {
            return ORDER;
        }
        return ofPasswords(path) ? SIGN_IN : CHARGE;
    }

    private static boolean ofPasswords(String path) {
        return path.startsWith("/auth/")
                || path.startsWith("/users")
                || path.equals("/sign-in")
                || path.equals("/sign-up")
                || path.startsWith("/account/");
    }
}
