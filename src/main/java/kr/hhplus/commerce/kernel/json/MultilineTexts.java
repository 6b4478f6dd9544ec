package kr.hhplus.commerce.kernel.json;

import kr.hhplus.commerce.kernel.text.TextRules;

/** Reads a text that may hold line breaks and tabs. See {@link Multiline}; public for the values of an Optional. */
public final class MultilineTexts extends Texts {

    public MultilineTexts() {
        super(TextRules::isPlainMultiline);
    }
}
