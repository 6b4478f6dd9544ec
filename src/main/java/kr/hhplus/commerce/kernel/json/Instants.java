package kr.hhplus.commerce.kernel.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Reads and writes times as the contract defines them: written in UTC with milliseconds, read with any offset, from
 * 2000 to 9999.
 */
public final class Instants {

    private static final DateTimeFormatter OUTPUT_FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern INPUT_PATTERN = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})", Pattern.CASE_INSENSITIVE);
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** The last conversion. The orders of a batch share their time, so the next value is often equal. */
    private record Conversion(Instant at, String text) {}

    private Instants() {}

    public static final class Writer extends StdScalarSerializer<Instant> {

        private volatile Conversion last = new Conversion(FIRST, OUTPUT_FORMAT.format(FIRST));

        public Writer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            Conversion cached = last;
            if (!cached.at().equals(value)) {
                cached = new Conversion(value, OUTPUT_FORMAT.format(value));
                last = cached;
            }
            json.writeString(cached.text());
        }
    }

    public static final class Reader extends StdScalarDeserializer<Instant> {

        private volatile Conversion last = new Conversion(FIRST, OUTPUT_FORMAT.format(FIRST));

        public Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new InvalidJsonValueException(parser, Instant.class, "time");
            }
            String text = parser.getText();
            Conversion cached = last;
            if (!cached.text().equals(text)) {
                cached = new Conversion(read(parser, text), text);
                last = cached;
            }
            return cached.at();
        }

        private static Instant read(JsonParser parser, String text) throws IOException {
            if (!INPUT_PATTERN.matcher(text).matches()) {
                throw new InvalidJsonValueException(parser, Instant.class, "time");
            }
            try {
                Instant read = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
                if (read.isBefore(FIRST) || read.isAfter(LAST)) {
                    throw new InvalidJsonValueException(parser, Instant.class, "time");
                }
                return read;
            } catch (DateTimeException e) {
                throw new InvalidJsonValueException(parser, Instant.class, "time");
            }
        }
    }
}
