package kr.hhplus.commerce.shared.json;

/** Reads a text that may hold line breaks and tabs. See {@link Multiline}; public for the values of an Optional. */
public final class MultilineTexts extends Texts {

    public MultilineTexts() {
        super(c -> c == '\n' || c == '\r' || c == '\t');
    }
}
