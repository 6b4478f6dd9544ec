package kr.hhplus.commerce.kernel;

/** What a command led to: its value, now or replayed from the first time its key was used, or a refusal. */
public sealed interface CommandResult<T> {

    /** It happened. {@code replayed}: it had happened before, and this is the first answer again. */
    record Done<T>(T value, boolean replayed) implements CommandResult<T> {}

    /** It did not happen, and had no effect. */
    record Refused<T>(Refusal refusal) implements CommandResult<T> {}

    static <T> CommandResult<T> done(T value) {
        return new Done<>(value, false);
    }

    static <T> CommandResult<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
