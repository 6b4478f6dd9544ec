package kr.hhplus.commerce.pages;

import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;

/** Converts a command result into its value, for pages that treat a refusal like any other failure. */
public final class CommandResults {

    private CommandResults() {}

    /**
     * Returns the value of a result.
     *
     * @throws RefusedException if the command was refused
     */
    public static <T> T valueOrThrow(CommandResult<T> result) {
        if (result instanceof CommandResult.Refused<T> refused) {
            throw new RefusedException(refused.refusal());
        }
        return ((CommandResult.Done<T>) result).value();
    }
}
