package kr.hhplus.commerce.web.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.core.instrument.Metrics;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.web.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/** Writes refusals and failures as {@code application/problem+json} (RFC 9457), whatever the client accepts. */
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(StrictJson.module()).build();
    private static final ProblemCache CACHE = new ProblemCache();
    private static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    /** Responds with the refusal, unless the response is committed. */
    public static void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException {
        write(request, response, refusal, HttpHeaders.EMPTY);
    }

    /**
     * Responds with the refusal for a failure. Unexpected failures are logged here.
     *
     * @return false if the client closed the connection, or the response is committed
     */
    public static boolean write(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        Throwable cause = ExceptionTranslator.unwrapped(failure);
        if (response.isCommitted() || ExceptionTranslator.isConnectionClosed(cause)) {
            log.debug("no response to {} {}", request.getMethod(), request.getRequestURI(), cause);
            return false;
        }
        Refusal refusal = ExceptionTranslator.refusalFor(cause, onlyReads(request));
        logUnexpected(request, refusal, cause);
        fill(request, response, refusal, ExceptionTranslator.headersFor(cause));
        response.flushBuffer();
        return true;
    }

    /** Explains a failure in the caller's language, for pages. Logs and counts it like a problem document. */
    public static Explanation explain(HttpServletRequest request, Throwable failure) {
        Throwable cause = ExceptionTranslator.unwrapped(failure);
        Refusal refusal = ExceptionTranslator.refusalFor(cause, onlyReads(request));
        logUnexpected(request, refusal, cause);
        count(refusal);
        return explanation(refusal, Languages.of(request));
    }

    /**
     * A refusal with its texts.
     *
     * @param errors the errors of the input; empty unless the refusal is an {@link InvalidRequest}
     */
    public record Explanation(Refusal refusal, String title, String detail, List<String> errors) {

        public ErrorCode code() {
            return refusal.code();
        }

        public int status() {
            return refusal.code().status();
        }
    }

    /** Explains a refusal without logging or counting it. */
    public static Explanation explanation(Refusal refusal, Locale language) {
        List<String> errors = refusal instanceof InvalidRequest invalid
                ? invalid.errors().stream()
                        .map(violation -> ProblemTexts.violation(violation, language))
                        .toList()
                : List.of();
        return new Explanation(
                refusal, ProblemTexts.title(refusal.code(), language), ProblemTexts.detail(refusal, language), errors);
    }

    private static void logUnexpected(HttpServletRequest request, Refusal refusal, Throwable cause) {
        if (refusal.code() == ErrorCode.INTERNAL_ERROR || refusal.code() == ErrorCode.OUTCOME_UNKNOWN) {
            log.error("{} {} failed", request.getMethod(), request.getRequestURI(), cause);
        }
    }

    private static boolean onlyReads(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static void count(Refusal refusal) {
        Metrics.counter("commerce.refusals", "code", refusal.code().name()).increment();
    }

    private static void write(
            HttpServletRequest request, HttpServletResponse response, Refusal refusal, HttpHeaders headers)
            throws IOException {
        if (!response.isCommitted()) {
            fill(request, response, refusal, headers);
            response.flushBuffer();
        }
    }

    private static void fill(
            HttpServletRequest request, HttpServletResponse response, Refusal refusal, HttpHeaders headers)
            throws IOException {
        count(refusal);
        Locale language = Languages.of(request);
        byte[] body = CACHE.body(refusal, path(request), language, Problems::bytes);
        response.resetBuffer();
        response.setStatus(refusal.code().status());
        headers.forEach((name, values) -> response.setHeader(name, String.join(", ", values)));
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, language.toLanguageTag());
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (refusal.code().status() == 503 || refusal.code().status() == 429) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(refusal.retryAfterSeconds()));
        }
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(body.length);
        response.setBufferSize(Math.max(response.getBufferSize(), body.length + 1));
        response.getOutputStream().write(body);
    }

    private static byte[] bytes(Refusal refusal, String path, Locale language) {
        ErrorCode code = refusal.code();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/problems/" + code.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        document.put("title", ProblemTexts.title(code, language));
        document.put("status", code.status());
        document.put("detail", ProblemTexts.detail(refusal, language));
        // A malformed URI has no path.
        document.put("instance", path == null ? "/" : path);
        document.put("code", code);
        if (refusal instanceof InvalidRequest invalid) {
            document.put("errors", errors(invalid, language));
        } else {
            document.putAll(refusal.fields());
        }
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem document cannot be serialized", e);
        }
    }

    private static List<Map<String, String>> errors(InvalidRequest invalid, Locale language) {
        return invalid.errors().stream()
                .map(violation -> {
                    Map<String, String> error = new LinkedHashMap<>();
                    error.put("pointer", violation.pointer());
                    error.put("detail", ProblemTexts.violation(violation, language));
                    return error;
                })
                .toList();
    }

    /** Returns the path of the client's request, also in an error dispatch, as a valid URI reference. */
    private static String path(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = original instanceof String uri ? uri : request.getRequestURI();
        return path == null || path.indexOf('%') < 0 ? path : path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }
}
