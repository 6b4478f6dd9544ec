package kr.hhplus.commerce.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns every exception of a controller, or of its future, into a problem document, except those of pages. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class ProblemAdvice {

    @ExceptionHandler(Throwable.class)
    void respond(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problems.write(request, response, failure);
    }
}
