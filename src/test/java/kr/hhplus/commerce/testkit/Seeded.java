package kr.hhplus.commerce.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks a property on generated cases: other ones in every run, each repeatable by its seed. */
public final class Seeded {

    /** How many cases a property gets unless its test says otherwise. */
    public static final int CASES = 1_000;

    private static final String SEED = "seed";

    private Seeded() {}

    /**
     * Checks the property on so many cases, each with a random source of its own.
     *
     * @throws AssertionError at the first failure, with its seed; {@code -Dseed=…} checks that case first
     */
    public static void check(int cases, Consumer<Random> property) {
        Random seeds = new Random(ThreadLocalRandom.current().nextLong());
        for (int i = 0; i < cases; i++) {
            long seed = i == 0 ? Long.getLong(SEED, seeds.nextLong()) : seeds.nextLong();
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "case %d of %d, repeat it with -D%s=%d: %s".formatted(i + 1, cases, SEED, seed, failure),
                        failure);
            }
        }
    }

    public static <T> List<T> list(Random random, int sizeMin, int sizeMax, Supplier<T> element) {
        int size = random.nextInt(sizeMin, sizeMax + 1);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(element.get());
        }
        return list;
    }

    @SafeVarargs
    public static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public static <T> @Nullable T orNull(Random random, double probability, T value) {
        return random.nextDouble() < probability ? null : value;
    }
}
