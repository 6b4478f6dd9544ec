package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.pages.Visitor.SignInNeeded;
import kr.hhplus.commerce.web.problem.Languages;
import kr.hhplus.commerce.web.problem.Problems.Explanation;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/** Shows a refused form again, with the reason above it and the values that were sent. */
@Component
class RefusedForms {

    private final PageErrors errors;
    private final RefusalMessages messages;

    RefusedForms(PageErrors errors, RefusalMessages messages) {
        this.errors = errors;
        this.messages = messages;
    }

    /** Returns a decoded path variable of the handler that failed; empty if there is none. */
    static String pathVariable(HttpServletRequest request, String name) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> byName ? Objects.toString(byName.get(name), "") : "";
    }

    /**
     * Renders a form again; for the exception handlers of form controllers. Another request, or a form whose data
     * cannot be read, gets an error page.
     *
     * @param form reads the model of the template
     */
    ModelAndView again(
            String template,
            Supplier<Map<String, Object>> form,
            Throwable failure,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!request.getMethod().equals("POST") || failure instanceof SignInNeeded) {
            return errors.page(failure, request, response);
        }
        Explanation refused = errors.explain(failure, request, response);
        Map<String, Object> model;
        try {
            model = new HashMap<>(form.get());
        } catch (RuntimeException unreadable) {
            return errors.page(refused);
        }
        RefusalMessages.Message message = messages.render(refused, Languages.of(request));
        model.put("refusedTitle", message.title());
        model.put("refusedText", message.text());
        return errors.again(template, model, refused);
    }
}
