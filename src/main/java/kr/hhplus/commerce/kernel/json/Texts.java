package kr.hhplus.commerce.kernel.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.function.Predicate;
import kr.hhplus.commerce.kernel.text.TextRules;

/**
 * Reads texts without conversion: a number or boolean is rejected, and so is a text that is not plain by
 * {@link TextRules}.
 */
public class Texts extends StdScalarDeserializer<String> {

    private final transient Predicate<String> plain;

    public Texts() {
        this(TextRules::isPlain);
    }

    Texts(Predicate<String> plain) {
        super(String.class);
        this.plain = plain;
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, parser);
        }
        String text = parser.getText();
        if (!plain.test(text)) {
            throw new InvalidJsonValueException(parser, String.class, "plain");
        }
        return text;
    }
}
