package kr.hhplus.commerce.kernel.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import kr.hhplus.commerce.web.StrictJson;
import org.junit.jupiter.api.Test;

/** Times of batches come again and again: what is remembered of the last one never stands for another. */
class InstantsTests {

    private static final Instant SALE = Instant.parse("2026-11-27T01:00:00Z");

    private final ObjectMapper json = new ObjectMapper().registerModule(StrictJson.module());

    private String written(Instant time) throws JsonProcessingException {
        return json.writeValueAsString(time);
    }

    private Instant read(String text) throws JsonProcessingException {
        return json.readValue('"' + text + '"', Instant.class);
    }

    @Test
    void areWrittenAndReadAgainInAnyOrder() throws JsonProcessingException {
        Random random = new Random(17);
        for (int i = 0; i < 10_000; i++) {
            Instant time = SALE.plusMillis(random.nextInt(3));
            String text = "2026-11-27T01:00:00.00" + (time.toEpochMilli() % 10) + "Z";
            assertThat(written(time)).isEqualTo('"' + text + '"');
            assertThat(read(text)).isEqualTo(time);
        }
    }

    @Test
    void ofManyThreadsAtOnceAreTheirOwn() {
        boolean[] right = new boolean[20_000];
        IntStream.range(0, right.length).parallel().forEach(i -> {
            Instant time = SALE.plusMillis(i % 7);
            try {
                right[i] = read(json.readValue(written(time), String.class)).equals(time);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(right).doesNotContain(false);
    }

    @Test
    void sameMomentsWrittenDifferentlyAreTheSame() throws JsonProcessingException {
        assertThat(read("2026-11-27T10:00:00+09:00")).isEqualTo(SALE);
        assertThat(read("2026-11-27T01:00:00Z")).isEqualTo(SALE);
        assertThat(read("2026-11-27T10:00:00+09:00")).isEqualTo(SALE);
    }

    @Test
    void refusedOnceAreRefusedAgain() throws JsonProcessingException {
        assertThat(read("2026-11-27T01:00:00Z")).isEqualTo(SALE);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> read("2026-11-27T01:00:60Z")).isInstanceOf(JsonProcessingException.class);
            assertThatThrownBy(() -> read("1999-11-27T01:00:00Z")).isInstanceOf(JsonProcessingException.class);
        }
        assertThat(read("2026-11-27T01:00:00Z")).isEqualTo(SALE);
    }
}
