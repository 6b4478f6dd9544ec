package kr.hhplus.commerce.web.request;

import java.beans.PropertyEditorSupport;
import java.util.function.LongFunction;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Parses numbers in paths and queries. Spring's own conversion accepts hexadecimal, signs, blanks and the digits of
 * every script. It also runs after a converter that fails, but not after an editor, so these are editors.
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

        private final LongFunction<Number> narrow;

        Editor(LongFunction<Number> narrow) {
            this.narrow = narrow;
        }

        /** An empty parameter counts as absent. */
        @Override
        public void setAsText(String text) {
            try {
                setValue(
                        text.isEmpty()
                                ? null
                                : narrow.apply(Scalars.integer(text).orElseThrow(IllegalArgumentException::new)));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
