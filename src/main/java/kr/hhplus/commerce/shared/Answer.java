package kr.hhplus.commerce.shared;

import kr.hhplus.commerce.shared.problem.Refusal;

/** What a command led to: its value, now or replayed from the first time its key was used, or a refusal. */
public sealed interface Answer<T> {

    /** It happened. {@code replayed}: it had happened before, and this is the first answer again. */
    record Done<T>(T value, boolean replayed) implements Answer<T> {}

    /** It did not happen, and had no effect. */
    record Refused<T>(Refusal refusal) implements Answer<T> {}

    static <T> Answer<T> done(T value) {
        return new Done<>(value, false);
    }

    static <T> Answer<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
