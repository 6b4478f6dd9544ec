package kr.hhplus.commerce.shared.json;

/** See {@link Multiline}. */
final class MultilineTexts extends Texts {

    MultilineTexts() {
        super(c -> c == '\n' || c == '\r' || c == '\t');
    }
}
