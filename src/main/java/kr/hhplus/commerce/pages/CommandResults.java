package kr.hhplus.commerce.pages;

import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.RefusedException;

/** Turns a command's result into its value, for pages that show a refusal like any other failure. */
public final class CommandResults {

    private CommandResults() {}

    /** @throws RefusedException where the command was refused */
    public static <T> T valueOrThrow(CommandResult<T> result) {
        if (result instanceof CommandResult.Refused<T> refused) {
            throw new RefusedException(refused.refusal());
        }
        return ((CommandResult.Done<T>) result).value();
    }
}
