package kr.hhplus.commerce.kernel.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A JSON value of the right type that violates a rule. */
public final class InvalidJsonValueException extends MismatchedInputException {

    private final String messageKey;

    InvalidJsonValueException(JsonParser parser, Class<?> type, String messageKey) {
        super(parser, messageKey, type);
        this.messageKey = messageKey;
    }

    /** Returns the key of the message in {@code problems*.properties}. */
    public String messageKey() {
        return messageKey;
    }
}
