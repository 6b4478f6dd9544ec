package kr.hhplus.commerce.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/** Prepares the response of every {@link HtmlPage}, and renders its failures. */
@ControllerAdvice(annotations = HtmlPage.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class PagesAdvice {

    private final Pages pages;
    private final PageErrors errors;

    PagesAdvice(Pages pages, PageErrors errors) {
        this.pages = pages;
        this.errors = errors;
    }

    @ModelAttribute
    void prepare(HttpServletRequest request, HttpServletResponse response) {
        pages.prepare(request, response);
    }

    @ExceptionHandler(Throwable.class)
    ModelAndView render(Throwable failure, HttpServletRequest request, HttpServletResponse response) {
        return errors.page(failure, request, response);
    }
}
