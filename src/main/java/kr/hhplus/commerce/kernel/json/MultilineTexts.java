package kr.hhplus.commerce.kernel.json;

import kr.hhplus.commerce.kernel.text.TextRules;

/** Reads a text that may contain line breaks and tabs. See {@link Multiline}. Public for the values of an Optional. */
public final class MultilineTexts extends Texts {

    public MultilineTexts() {
        super(TextRules::isPlainMultiline);
    }
}
