package kr.hhplus.commerce.kernel.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A JSON value that is refused although its type fits; {@code wanted} names the sentence that says why. */
public final class InvalidJsonValueException extends MismatchedInputException {

    private final String wanted;

    InvalidJsonValueException(JsonParser parser, Class<?> type, String wanted) {
        super(parser, wanted, type);
        this.wanted = wanted;
    }

    public String wanted() {
        return wanted;
    }
}
