package kr.hhplus.commerce.shared.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.function.IntPredicate;

/** Reads texts as they are: no number or boolean becomes one, no control character, no half of a surrogate pair. */
class Texts extends StdScalarDeserializer<String> {

    private final transient IntPredicate allowed;

    Texts() {
        this(c -> false);
    }

    Texts(IntPredicate allowedControls) {
        super(String.class);
        this.allowed = allowedControls;
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, parser);
        }
        String text = parser.getText();
        if (!isPlain(text, allowed)) {
            throw new UnwantedValue(parser, String.class, "plain");
        }
        return text;
    }

    static boolean isPlain(String text, IntPredicate allowedControls) {
        return text.codePoints()
                .allMatch(c -> allowedControls.test(c)
                        || !Character.isISOControl(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE));
    }
}
