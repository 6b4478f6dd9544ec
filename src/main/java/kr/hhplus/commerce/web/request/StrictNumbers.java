package kr.hhplus.commerce.web.request;

import java.beans.PropertyEditorSupport;
import java.util.function.LongFunction;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Reads numbers of paths and queries. Spring's own way takes hexadecimal, signs, blanks and the digits of every script,
 * and stays in reach behind a converter that refuses, so this one goes in as an editor, which comes first.
 */
@RestControllerAdvice
class StrictNumbers {

    @InitBinder
    void register(WebDataBinder binder) {
        binder.registerCustomEditor(Long.class, new Editor(number -> number));
        binder.registerCustomEditor(long.class, new Editor(number -> number));
        binder.registerCustomEditor(Integer.class, new Editor(Math::toIntExact));
        binder.registerCustomEditor(int.class, new Editor(Math::toIntExact));
    }

    private static final class Editor extends PropertyEditorSupport {

        private final LongFunction<Number> narrowed;

        Editor(LongFunction<Number> narrowed) {
            this.narrowed = narrowed;
        }

        /** An empty parameter counts as absent. */
        @Override
        public void setAsText(String text) {
            try {
                setValue(
                        text.isEmpty()
                                ? null
                                : narrowed.apply(Scalars.integer(text).orElseThrow(IllegalArgumentException::new)));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
