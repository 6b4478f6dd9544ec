package kr.hhplus.commerce.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeededTests {

    @Test
    void checksAsManyDifferentCasesAsAsked() {
        Set<Long> drawn = new HashSet<>();
        Seeded.check(100, random -> drawn.add(random.nextLong()));
        assertThat(drawn).hasSize(100);
    }

    @Test
    void namesTheSeedThatMakesTheFailingCaseAgain() {
        assertThatThrownBy(() -> Seeded.check(100, random -> {
                    long drawn = random.nextLong();
                    throw new IllegalStateException("drawn " + drawn);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("case 1 of 100")
                .satisfies(failure -> {
                    String message = failure.getMessage();
                    long seed = Long.parseLong(message.replaceAll("(?s).*-Dseed=(-?\\d+):.*", "$1"));
                    assertThat(message).endsWith("drawn " + new Random(seed).nextLong());
                });
    }
}
