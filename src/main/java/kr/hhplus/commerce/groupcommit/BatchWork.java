package kr.hhplus.commerce.groupcommit;

import java.util.List;

/**
 * A module's part of a batch, inside the transaction that the engine has opened: lock every row in the one global
 * order, decide each command in arrival order, write all effects. May be called again with the same commands.
 */
@FunctionalInterface
public interface BatchWork<C, R> {

    BatchResult<R> decide(List<C> commands);
}
