package kr.hhplus.commerce.groupcommit;

import java.util.List;
import java.util.Set;

/**
 * What the engine has to know about commands while another session holds a row that they lock. Not asked otherwise.
 *
 * @param <C> the command
 */
public interface CommandRows<C> {

    /**
     * The rows that each command locks or writes, as far as they can be named; one set per command, in their order.
     * Called outside any transaction, and may read.
     */
    List<Set<RowKey>> rowsOf(List<C> commands);

    /** Commands that share one of these values are decided in order of arrival, such as those of one user. */
    Set<Object> sequenceOf(C command);

    /** For commands of which nothing is known. */
    static <C> CommandRows<C> unknown() {
        return new CommandRows<>() {
            @Override
            public List<Set<RowKey>> rowsOf(List<C> commands) {
                return commands.stream().map(command -> Set.<RowKey>of()).toList();
            }

            @Override
            public Set<Object> sequenceOf(C command) {
                return Set.of();
            }
        };
    }
}
