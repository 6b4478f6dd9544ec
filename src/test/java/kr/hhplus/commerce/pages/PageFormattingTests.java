package kr.hhplus.commerce.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Won;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Money, places and times as people read them in each language. */
class PageFormattingTests {

    private final AtomicInteger asked = new AtomicInteger();

    private PageView view(Locale language, String address) {
        return new PageView(
                new Visitor(Caller.UNRESTRICTED, 1),
                language,
                address,
                ZoneId.of("Asia/Seoul"),
                Optional.empty(),
                () -> {
                    asked.incrementAndGet();
                    return Optional.empty();
                },
                () -> null);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1st",
        "2, 2nd",
        "3, 3rd",
        "4, 4th",
        "10, 10th",
        "11, 11th",
        "12, 12th",
        "13, 13th",
        "21, 21st",
        "101, 101st",
        "111, 111th",
        "112, 112th",
        "1003, '1,003rd'",
        "10011, '10,011th'"
    })
    void countsPlacesInLine(long place, String english) {
        assertThat(view(Locale.ENGLISH, "/").ordinal(place)).isEqualTo(english);
        assertThat(view(Locale.KOREAN, "/").ordinal(place)).isEqualTo(String.format("%,d", place));
    }

    @Test
    void writesMoneyAsItsReadersDo() {
        assertThat(view(Locale.KOREAN, "/").won(Won.of(1_234_567))).isEqualTo("1,234,567원");
        assertThat(view(Locale.ENGLISH, "/").won(Won.of(1_234_567))).isEqualTo("₩1,234,567");
        assertThat(view(Locale.ENGLISH, "/").won(Won.of(-5_000))).isEqualTo("−₩5,000");
        assertThat(view(Locale.KOREAN, "/").won(0)).isEqualTo("0원");
    }

    @Test
    void writesTimesInTheZoneOfItsReaders() {
        Instant instant = Instant.parse("2026-11-23T15:03:00Z");
        assertThat(view(Locale.ENGLISH, "/").time(instant)).isEqualTo("24 Nov 2026, 00:03");
        assertThat(view(Locale.KOREAN, "/").time(instant)).isEqualTo("2026. 11. 24. 오전 12:03");
    }

    @Test
    void keepsThePageInAnotherLanguage() {
        assertThat(view(Locale.ENGLISH, "/shop/cart").in("ko")).isEqualTo("/shop/cart?lang=ko");
        assertThat(view(Locale.ENGLISH, "/?q=rice").in("ko")).isEqualTo("/?q=rice&lang=ko");
    }

    @Test
    void knowsWhereItIs() {
        assertThat(view(Locale.ENGLISH, "/?q=rice").isAt("/")).isTrue();
        assertThat(view(Locale.ENGLISH, "/shop/orders/5?placed=now").isAt("/shop/orders"))
                .isTrue();
        assertThat(view(Locale.ENGLISH, "/shop/ordersx").isAt("/shop/orders")).isFalse();
        assertThat(view(Locale.ENGLISH, "/shop/orders").isAt("/")).isFalse();
    }

    @Test
    void takesTheFirstLetterWhateverItIs() {
        assertThat(view(Locale.ENGLISH, "/").initial("😀 rice")).isEqualTo("😀");
        assertThat(view(Locale.ENGLISH, "/").initial("쌀")).isEqualTo("쌀");
    }

    @Test
    void asksOnceForAPageWhetherTheSaleIsPaused() {
        PageView view = view(Locale.ENGLISH, "/");
        assertThat(view.pause()).isNull();
        assertThat(view.pause()).isNull();
        assertThat(asked).hasValue(1);
    }
}
