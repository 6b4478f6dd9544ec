package kr.hhplus.commerce.web.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.TextRules;
import kr.hhplus.commerce.web.problem.ExpectedType;
import kr.hhplus.commerce.web.server.FormText;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Checks a request before its handler runs. The path must have its normal form, each parameter must be plain text and
 * given once, and an API request must have no unknown query parameter.
 */
public final class StrictParameterCheck implements HandlerInterceptor {

    private static final int UNKNOWN_REPORTED_MAX = 10;

    private final boolean rejectUnknown;
    private final Map<Method, Parameters> parametersByHandler = new ConcurrentHashMap<>();

    private StrictParameterCheck(boolean rejectUnknown) {
        this.rejectUnknown = rejectUnknown;
    }

    /** For API requests: an unknown parameter is refused, like an unknown field of a body. */
    static StrictParameterCheck forApi() {
        return new StrictParameterCheck(true);
    }

    /**
     * For pages: unknown parameters are ignored, because links to pages carry parameters such as {@code utm_source}.
     */
    public static StrictParameterCheck forPages() {
        return new StrictParameterCheck(false);
    }

    /**
     * The parameters that a handler declares.
     *
     * @param typesByName the types of the {@code @RequestParam} arguments
     * @param allowedNames names of these, and of fields that the query may contain instead of a body
     */
    private record Parameters(Map<String, Class<?>> typesByName, Set<String> allowedNames) {}

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String path = request.getRequestURI();
        if (path.contains("//") || path.indexOf(';') >= 0) {
            throw new RefusedException(Refusal.of(ErrorCode.NOT_FOUND));
        }
        boolean hasParameters = request.getQueryString() != null || FormText.isForm(request);
        if (hasParameters
                && !request.getMethod().equals("OPTIONS")
                && handler instanceof HandlerMethod method
                && !ErrorController.class.isAssignableFrom(method.getBeanType())) {
            check(request, parametersByHandler.computeIfAbsent(method.getMethod(), unused -> parametersOf(method)));
        }
        return true;
    }

    private void check(HttpServletRequest request, Parameters parameters) {
        // Tomcat drops a parameter that it cannot decode, and Spring would then use its default.
        Set<String> query = FormText.parse(request.getQueryString()).keySet();
        List<Violation> violations = new ArrayList<>();
        parameters.typesByName().forEach((name, type) -> {
            String[] values = request.getParameterValues(name);
            if (values != null && values.length > 1) {
                violations.add(new Violation("/" + name, "once"));
            } else if (values != null && !TextRules.isPlain(values[0])) {
                violations.add(new Violation("/" + name, "plain"));
            } else if (values != null && type.isEnum() && !isConstant(type, values[0])) {
                violations.add(ExpectedType.violation("/" + name, type));
            }
        });
        if (rejectUnknown && !parameters.allowedNames().containsAll(query)) {
            query.stream()
                    .filter(name -> !parameters.allowedNames().contains(name))
                    .limit(UNKNOWN_REPORTED_MAX)
                    .forEach(name -> violations.add(InvalidRequest.unknown(name)));
        }
        if (!violations.isEmpty()) {
            throw new RefusedException(new InvalidRequest(violations));
        }
    }

    /** Spring alone would read blanks as null, and ignore blanks around a constant. */
    private static boolean isConstant(Class<?> type, String text) {
        return text.isEmpty()
                || Arrays.stream(type.getEnumConstants())
                        .anyMatch(constant -> ((Enum<?>) constant).name().equals(text));
    }

    private static Parameters parametersOf(HandlerMethod method) {
        Map<String, Class<?>> typesByName = new LinkedHashMap<>();
        Set<String> allowedNames = new HashSet<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam param = parameter.getParameterAnnotation(RequestParam.class);
            if (param != null) {
                String name = param.name().isEmpty() ? parameter.getParameter().getName() : param.name();
                typesByName.put(name, parameter.getParameterType());
            }
            if (parameter.hasParameterAnnotation(BodyOrParameters.class)) {
                Arrays.stream(parameter.getParameterType().getRecordComponents())
                        .map(RecordComponent::getName)
                        .forEach(allowedNames::add);
            }
        }
        allowedNames.addAll(typesByName.keySet());
        return new Parameters(typesByName, Set.copyOf(allowedNames));
    }
}
