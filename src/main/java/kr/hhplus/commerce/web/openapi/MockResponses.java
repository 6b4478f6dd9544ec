package kr.hhplus.commerce.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.web.openapi.Operation.Example;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The mock API of the profile {@code mock}: responds to every operation with an example of the OpenAPI document. It
 * keeps no state and evaluates only path, method and {@code Prefer}.
 *
 * <p>It runs before the fast path and the response cache, which are filters of the lowest precedence.
 */
@Component
@Profile("mock")
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class MockResponses extends OncePerRequestFilter {

    /** Paths that the server serves itself in this profile too. */
    private static final List<String> REAL = List.of("/v3/api-docs", "/swagger-ui", "/webjars/", "/actuator", "/error");

    private final ApiDocument document;
    private final Operations operations;

    MockResponses(ApiDocument document) {
        this.document = document;
        this.operations = new Operations(document);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return REAL.stream().anyMatch(request.getRequestURI()::startsWith);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        List<Operation> operationsOfPath = operations.at(request.getRequestURI());
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        Optional<Operation> operation =
                operationsOfPath.stream().filter(o -> o.method().equals(method)).findFirst();
        if (operationsOfPath.isEmpty()) {
            refuse(ErrorCode.NOT_FOUND, null, request, response);
        } else if (operation.isEmpty()) {
            response.setHeader(
                    HttpHeaders.ALLOW,
                    operationsOfPath.stream().map(Operation::method).collect(Collectors.joining(", ")));
            refuse(ErrorCode.METHOD_NOT_ALLOWED, null, request, response);
        } else {
            respond(operation.get(), request, response);
        }
    }

    private void respond(Operation operation, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        PreferHeader preference = PreferHeader.of(Collections.list(request.getHeaders(PreferHeader.HEADER)));
        Optional<Example> chosen = preference.choose(operation);
        if (chosen.isEmpty()) {
            String examples = operation.examples().stream()
                    .map(e -> e.status() + " " + e.name())
                    .collect(Collectors.joining(", "));
            String detail = operation.id() + " has no such example. It has: " + examples;
            refuse(ErrorCode.INVALID_REQUEST, detail, request, response);
            return;
        }
        if (preference.isPresent()) {
            response.setHeader(PreferHeader.APPLIED, preference.toString());
        }
        chosen.get().headers().forEach(response::setHeader);
        write(chosen.get().status(), chosen.get().mediaType(), chosen.get().body(), request, response);
    }

    private void refuse(ErrorCode code, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ObjectNode problem =
                document.tree().at("/components/examples/" + code + "/value").deepCopy();
        if (detail != null) {
            problem.put("detail", detail);
            problem.putArray("errors")
                    .addObject()
                    .put("pointer", "/headers/" + PreferHeader.HEADER)
                    .put("detail", detail);
        }
        write(code.status(), MediaType.APPLICATION_PROBLEM_JSON_VALUE, problem, request, response);
    }

    private static void write(
            int status, String mediaType, JsonNode body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        JsonNode written = body;
        if (mediaType.equals(MediaType.APPLICATION_PROBLEM_JSON_VALUE)) {
            written = body.<ObjectNode>deepCopy().put("instance", request.getRequestURI());
        }
        response.setStatus(status);
        response.setContentType(mediaType);
        response.getOutputStream().write(ApiDocument.bytes(written));
    }
}
