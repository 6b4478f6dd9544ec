package kr.hhplus.commerce.pages;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.problem.Problems.Explanation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Renders failures as pages, with the status and the texts of the API's problem documents. */
@Component
public class PageErrors {

    private final Pages pages;
    private final ObjectProvider<SignInLinks> links;

    PageErrors(Pages pages, ObjectProvider<SignInLinks> links) {
        this.pages = pages;
        this.links = links;
    }

    /** Returns an error page, or a redirect to the sign-in page if the visitor must sign in. */
    public ModelAndView page(Throwable failure, HttpServletRequest request, HttpServletResponse response) {
        pages.prepare(request, response);
        SignInLinks signIn = links.getIfAvailable();
        if (failure instanceof Visitor.SignInNeeded && signIn != null) {
            return new ModelAndView(SeeOther.to(signIn.signIn() + "?next=" + encoded(next(request))));
        }
        Throwable cause = failure instanceof Visitor.SignInNeeded
                ? new RefusedException(Refusal.of(ErrorCode.UNAUTHENTICATED))
                : failure;
        return page(explain(cause, request, response));
    }

    /** Returns an error page. */
    public ModelAndView page(Explanation refused) {
        return again("pages/error", Map.of(), refused);
    }

    /** Explains a failure for a page that shows it above a form. */
    public Explanation explain(Throwable failure, HttpServletRequest request, HttpServletResponse response) {
        pages.prepare(request, response);
        Explanation refused = Problems.explain(request, failure);
        if (refused.status() == 429 || refused.status() == 503) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(refused.refusal().retryAfterSeconds()));
        }
        return refused;
    }

    /** Renders a template again after a refusal. The model contains the refusal as {@code refused}. */
    public ModelAndView again(String template, Map<String, ?> model, Explanation refused) {
        ModelAndView page = new ModelAndView(template, model, HttpStatus.valueOf(refused.status()));
        page.addObject("refused", refused);
        return page;
    }

    private static String next(HttpServletRequest request) {
        String query = request.getQueryString();
        boolean readable = request.getMethod().equals("GET") && query != null;
        return request.getRequestURI() + (readable ? "?" + query : "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
