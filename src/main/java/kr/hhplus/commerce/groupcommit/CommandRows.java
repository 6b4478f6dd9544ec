package kr.hhplus.commerce.groupcommit;

import java.util.List;
import java.util.Set;

/**
 * The rows of commands. The queue asks only while another session holds a row that a batch has run into.
 *
 * @param <C> the command
 */
public interface CommandRows<C> {

    /**
     * Names the rows that each command locks or writes, as far as they are known without a decision. Called outside any
     * transaction, and may read.
     *
     * @return one set per command, in their order
     */
    List<Set<RowKey>> rowsOf(List<C> commands);

    /** Commands that share one of these values, such as a user's, are decided in order of arrival. */
    Set<Object> orderingKeysOf(C command);

    /** For commands whose rows are unknown: they are never set aside. */
    static <C> CommandRows<C> unknown() {
        return new CommandRows<>() {
            @Override
            public List<Set<RowKey>> rowsOf(List<C> commands) {
                return commands.stream().map(command -> Set.<RowKey>of()).toList();
            }

            @Override
            public Set<Object> orderingKeysOf(C command) {
                return Set.of();
            }
        };
    }
}
