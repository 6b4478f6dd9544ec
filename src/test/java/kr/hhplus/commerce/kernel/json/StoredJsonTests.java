package kr.hhplus.commerce.kernel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredJsonTests {

    private final StoredJson json = new StoredJson();

    private record Note(long number, Won price, String text, Instant at, List<String> lines) {}

    @Test
    void isReadAsItWasWritten() {
        Instant now = Instant.parse("2026-05-05T12:00:00.120Z");
        Note note = new Note(1, Won.of(7), "a\n\u0000\u202E\uD83D\uDE00\u2028", now, List.of("\t"));
        String written = json.write(note);
        assertThat(written).contains("\"at\":\"2026-05-05T12:00:00.120Z\"", "\"price\":7");
        assertThat(json.read(written, Note.class)).isEqualTo(note);
    }

    @Test
    void leavesOutWhatIsAbsentAndIgnoresWhatALaterVersionAdds() {
        Note note = new Note(1, null, null, null, null);
        assertThat(json.write(note)).isEqualTo("{\"number\":1}");
        assertThat(json.read("{\"number\":1,\"added\":{\"later\":[]}}", Note.class))
                .isEqualTo(note);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"number\":null}", "{\"number\":1} x", "{\"number\":1}{}", "[]"})
    void isNotReadWhereItIsDamaged(String text) {
        assertThatThrownBy(() -> json.read(text, Note.class)).isInstanceOf(IllegalStateException.class);
    }
}
