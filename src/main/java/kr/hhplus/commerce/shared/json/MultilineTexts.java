package kr.hhplus.commerce.shared.json;

import kr.hhplus.commerce.shared.text.TextRules;

/** Reads a text that may hold line breaks and tabs. See {@link Multiline}; public for the values of an Optional. */
public final class MultilineTexts extends Texts {

    public MultilineTexts() {
        super(TextRules::isPlainMultiline);
    }
}
