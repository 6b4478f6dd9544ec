package kr.hhplus.commerce.console;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.web.problem.Problems.Explanation;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What becomes of a form: the page it leads to, or itself again with what was typed and what is wrong with it. */
@Component
class FormAnswers {

    private final PageErrors errors;

    FormAnswers(PageErrors errors) {
        this.errors = errors;
    }

    /** A form that nobody has filled in yet, with a key, so that it is done once however often it is sent. */
    static Map<String, String> blank() {
        Map<String, String> form = new HashMap<>();
        form.put("key", UUID.randomUUID().toString());
        return form;
    }

    /** What was shown, for the form to send along. */
    static Map<String, String> was(Map<String, String> shown) {
        Map<String, String> was = new HashMap<>();
        shown.forEach((field, value) -> was.put(field, TypedForm.was(value)));
        return was;
    }

    /** What the lane says. Operators are few, so their threads may wait; a lane answers before long, or refuses. */
    static <T> T settled(CompletableFuture<CommandResult<T>> answer) {
        CommandResult<T> settled = answer.join();
        if (settled instanceof CommandResult.Refused<T> refused) {
            throw new RefusedException(refused.refusal());
        }
        return ((CommandResult.Done<T>) settled).value();
    }

    /**
     * @param work what the form is for
     * @param next where it leads, told the work's result
     * @param again the page with the form, for when it is refused
     */
    <T> ModelAndView answer(Submission sent, Supplier<T> work, Function<T, String> next, Again again) {
        T done;
        try {
            done = work.get();
        } catch (RuntimeException failure) {
            Explanation refused = errors.explain(failure, sent.request(), sent.response());
            ModelAndView page = again.page();
            page.setStatus(HttpStatus.valueOf(refused.status()));
            page.addObject("refused", refused);
            page.addObject("wrong", byField(refused));
            return page;
        }
        return new ModelAndView(SeeOther.to(next.apply(done)));
    }

    /** The page with the form, as it was typed. */
    @FunctionalInterface
    interface Again {
        ModelAndView page();
    }

    /** {@code /discount/value} stands at the field {@code discount.value}. */
    private static Map<String, String> byField(Explanation refused) {
        Map<String, String> wrong = new HashMap<>();
        if (refused.refusal() instanceof InvalidRequest invalid) {
            List<InvalidRequest.Violation> violations = invalid.errors();
            for (int i = 0; i < violations.size(); i++) {
                String pointer = violations.get(i).pointer();
                String field = pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.');
                wrong.merge(field, refused.errors().get(i), (a, b) -> a + ", " + b);
            }
        }
        return wrong;
    }
}
