package kr.hhplus.commerce.web.server;

import org.springframework.core.Ordered;

/**
 * The orders of this application's servlet filters. The constants stand in the order in which the filters run.
 *
 * <p>Filters of Spring Boot run between them: ForwardedHeaderFilter, if it is configured, and CharacterEncodingFilter
 * with {@link #REQUEST_ID}, and RequestContextFilter (-105) between {@link #AUTHENTICATION} and {@link #USER_LIMIT}.
 * The gaps between the numbers have no meaning.
 */
public final class FilterOrder {

    /** First, so that every log line and every response has the id of its request. */
    public static final int REQUEST_ID = Ordered.HIGHEST_PRECEDENCE;

    /** Before every filter that may respond, so that it measures rejected requests too. */
    public static final int OBSERVATION = Ordered.HIGHEST_PRECEDENCE + 1;

    /** Before every filter that may respond, because it sends their responses. */
    public static final int RESPONSE = Ordered.HIGHEST_PRECEDENCE + 3;

    /** Before the rate limits, so that a page of another origin can read a 429. */
    public static final int CORS = Ordered.HIGHEST_PRECEDENCE + 4;

    /** Before the body is read, so that a refused request costs as little as possible. */
    public static final int ADDRESS_LIMIT = Ordered.HIGHEST_PRECEDENCE + 5;

    /** Before authentication, because a refusal of an unread body would hold a thread. */
    public static final int BODY = Ordered.HIGHEST_PRECEDENCE + 10;

    /** Before authentication and handlers, which decide by headers. */
    public static final int REPEATED_HEADERS = Ordered.HIGHEST_PRECEDENCE + 15;

    /** Access mode or credentials: before everything that needs to know the caller. */
    public static final int AUTHENTICATION = Ordered.HIGHEST_PRECEDENCE + 20;

    /** After authentication, because the limit is one per caller, and after Boot's filters. */
    public static final int USER_LIMIT = -50;

    /** After all filters that decide whether a request may be handled. */
    public static final int RESPONSE_CACHE = Ordered.LOWEST_PRECEDENCE - 1;

    /** Last, because it calls the handler. */
    public static final int FAST_PATH = Ordered.LOWEST_PRECEDENCE;

    private FilterOrder() {}
}
