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

/** Writes every refusal and failure as RFC 9457 {@code application/problem+json}, whatever the client accepts. */
public final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(StrictJson.module()).build();
    private static final ProblemCache REMEMBERED = new ProblemCache();
    private static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    /** Answers with the refusal. Does nothing where an answer is on its way already. */
    public static void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException {
        write(request, response, refusal, HttpHeaders.EMPTY);
    }

    /**
     * Answers with the refusal that a failure amounts to; a failure that nobody foresaw is logged, once, here.
     *
     * @return whether an answer could be given; false where the client is gone, or part of another answer is out
     */
    public static boolean write(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        return answer(request, response, failure, true);
    }

    /** As {@link #write}, but nothing is sent yet: for threads that must not wait for a client. */
    public static boolean fill(HttpServletRequest request, HttpServletResponse response, Throwable failure)
            throws IOException {
        return answer(request, response, failure, false);
    }

    /**
     * What a failure amounts to, in the caller's language, for who answers in another form than a problem document.
     * Logged and counted as if it were one.
     */
    public static Explanation explain(HttpServletRequest request, Throwable failure) {
        Throwable cause = ExceptionTranslator.unwrapped(failure);
        Refusal refusal = ExceptionTranslator.refusalFor(cause, onlyReads(request));
        logUnforeseen(request, refusal, cause);
        count(refusal);
        return explanation(refusal, Languages.of(request));
    }

    /**
     * A refusal as people read it.
     *
     * @param errors what is wrong with the input; empty unless it did not fit
     */
    public record Explanation(Refusal refusal, String title, String detail, List<String> errors) {

        public ErrorCode code() {
            return refusal.code();
        }

        public int status() {
            return refusal.code().status();
        }
    }

    /** A refusal that only might be met: neither logged nor counted. */
    public static Explanation explanation(Refusal refusal, Locale language) {
        List<String> errors = refusal instanceof InvalidRequest invalid
                ? invalid.errors().stream()
                        .map(violation -> ProblemTexts.violation(violation, language))
                        .toList()
                : List.of();
        return new Explanation(
                refusal, ProblemTexts.title(refusal.code(), language), ProblemTexts.detail(refusal, language), errors);
    }

    private static void logUnforeseen(HttpServletRequest request, Refusal refusal, Throwable cause) {
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

    private static boolean answer(
            HttpServletRequest request, HttpServletResponse response, Throwable failure, boolean send)
            throws IOException {
        Throwable cause = ExceptionTranslator.unwrapped(failure);
        if (response.isCommitted() || ExceptionTranslator.clientIsGone(cause)) {
            log.debug("no answer to {} {}", request.getMethod(), request.getRequestURI(), cause);
            return false;
        }
        Refusal refusal = ExceptionTranslator.refusalFor(cause, onlyReads(request));
        logUnforeseen(request, refusal, cause);
        fill(request, response, refusal, ExceptionTranslator.headersFor(cause));
        if (send) {
            response.flushBuffer();
        }
        return true;
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
        byte[] body = REMEMBERED.body(refusal, path(request), language, Problems::bytes);
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
        // An address that cannot be read has no path.
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
            throw new IllegalStateException("a problem cannot be written", e);
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

    /** Where the client asked, also while the error page is being made; a URI reference even where that was none. */
    private static String path(HttpServletRequest request) {
        Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = asked instanceof String before ? before : request.getRequestURI();
        return path == null || path.indexOf('%') < 0 ? path : path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }
}
