package kr.hhplus.commerce.kernel;

/** The result of a command: its value, new or replayed for a repeated idempotency key, or a refusal. */
public sealed interface CommandResult<T> {

    /** The command took effect. {@code replayed} marks the stored result of an earlier request with the same key. */
    record Done<T>(T value, boolean replayed) implements CommandResult<T> {}

    /** The command was refused and had no effect. */
    record Refused<T>(Refusal refusal) implements CommandResult<T> {}

    static <T> CommandResult<T> done(T value) {
        return new Done<>(value, false);
    }

    static <T> CommandResult<T> refused(Refusal refusal) {
        return new Refused<>(refusal);
    }
}
