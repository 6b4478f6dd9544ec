package kr.hhplus.commerce.shared.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import kr.hhplus.commerce.shared.intake.FormText;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.Refusal;
import kr.hhplus.commerce.shared.problem.RefusedException;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Before a handler runs: a path is written in one way only, and each known parameter is given once, in plain text. */
public final class StrictParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String path = request.getRequestURI();
        if (path.contains("//") || path.indexOf(';') >= 0) {
            throw new RefusedException(Refusal.of(ErrorCode.NOT_FOUND));
        }
        if (handler instanceof HandlerMethod method) {
            // Tomcat leaves out a parameter that it cannot decode, and the default would be taken in its place.
            FormText.parse(request.getQueryString());
            List<InvalidRequest.Violation> violations = new java.util.ArrayList<>();
            for (MethodParameter parameter : method.getMethodParameters()) {
                check(request, parameter, violations);
            }
            if (!violations.isEmpty()) {
                throw new RefusedException(new InvalidRequest(violations));
            }
        }
        return true;
    }

    private static void check(
            HttpServletRequest request, MethodParameter parameter, List<InvalidRequest.Violation> violations) {
        RequestParam wanted = parameter.getParameterAnnotation(RequestParam.class);
        if (wanted == null) {
            return;
        }
        String name = wanted.name().isEmpty() ? parameter.getParameter().getName() : wanted.name();
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return;
        }
        if (values.length > 1) {
            violations.add(new InvalidRequest.Violation("/" + name, "once"));
        } else if (values[0].codePoints().anyMatch(Character::isISOControl)) {
            violations.add(new InvalidRequest.Violation("/" + name, "plain"));
        }
    }
}
