package kr.hhplus.commerce.shared.ids;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids in the form in which clients see them. */
class IdTextTests {

    @Property
    void isReadBackAsItWasWritten(@ForAll @LongRange(max = Long.MAX_VALUE) long id) {
        assertThat(IdText.of(id)).matches("[0-7][0-9A-HJKMNP-TV-Z]{12}");
        assertThat(IdText.parse(IdText.of(id))).hasValue(id);
    }

    @Property
    void sortsAsTheNumbersDo(
            @ForAll @LongRange(max = Long.MAX_VALUE) long one, @ForAll @LongRange(max = Long.MAX_VALUE) long other) {
        assertThat(Integer.signum(IdText.of(one).compareTo(IdText.of(other)))).isEqualTo(Long.compare(one, other));
    }

    @Property
    void isNeverReadFromWhatWasNotWritten(@ForAll String text) {
        IdText.parse(text).ifPresent(id -> assertThat(IdText.of(id)).isEqualTo(text));
    }

    @Test
    void spellsItsBounds() {
        assertThat(IdText.of(0)).isEqualTo("0000000000000");
        assertThat(IdText.of(Long.MAX_VALUE)).isEqualTo("7ZZZZZZZZZZZZ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "00000000000000",
                "000000000000I",
                "000000000000u",
                "00000000000 0",
                "8000000000000",
                "-000000000001",
                "000000000000가"
            })
    void readsNothingElse(String text) {
        assertThat(IdText.parse(text)).isEmpty();
    }
}
