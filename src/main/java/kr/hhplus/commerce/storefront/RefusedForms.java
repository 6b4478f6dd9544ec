package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.pages.Visitor.SignInNeeded;
import kr.hhplus.commerce.web.problem.Languages;
import kr.hhplus.commerce.web.problem.Problems.Explanation;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/** Shows a form again that was refused, with the reason above it and what was typed in it. */
@Component
class RefusedForms {

    private final PageErrors errors;
    private final RefusalMessages kindly;

    RefusedForms(PageErrors errors, RefusalMessages kindly) {
        this.errors = errors;
        this.kindly = kindly;
    }

    /** A variable of the path that matched, decoded; the address itself can be written in many ways. */
    static String pathVariable(HttpServletRequest request, String name) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> known ? String.valueOf(known.get(name)) : "";
    }

    /**
     * For failures of a form's own controller. What was not sent from the form, or cannot be shown again, ends on a
     * page about the failure alone.
     *
     * @param form the model of the template, by the idempotency key that the form shall have
     */
    ModelAndView again(
            String template,
            Function<String, Map<String, Object>> form,
            Throwable failure,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!request.getMethod().equals("POST") || failure instanceof SignInNeeded) {
            return errors.page(failure, request, response);
        }
        Explanation refused = errors.explain(failure, request, response);
        Map<String, Object> model;
        try {
            model = new HashMap<>(form.apply(FormKeys.after(refused, request.getParameter("key"))));
        } catch (RuntimeException gone) {
            return errors.page(refused);
        }
        RefusalMessages.Words words = kindly.say(refused, Languages.of(request));
        model.put("refusedTitle", words.title());
        model.put("refusedText", words.text());
        return errors.again(template, model, refused);
    }
}
