package kr.hhplus.commerce.sale;

import java.util.Optional;
import kr.hhplus.commerce.kernel.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The sale switch: one row that every instance reads with each batch, so that a pause takes effect everywhere
 * from the next batch on.
 */
@Repository
public class SaleSwitch {

    private final JdbcClient sql;

    SaleSwitch(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * The state of the switch.
     *
     * @param message the operator's message to customers, or null
     */
    public record State(boolean paused, String message) {}

    /** Returns the current state, including every acknowledged change. */
    public State state() {
        return read("");
    }

    /** Returns the refusal while the sale is paused, otherwise empty. Batches call it in their transaction. */
    public Optional<Refusal> refusalWhilePaused() {
        State state = state();
        return state.paused() ? Optional.of(new SalePaused(state.message())) : Optional.empty();
    }

    /**
     * Sets the state. Must be called in a transaction: the row lock serializes operators until its end, so that each
     * change returns the state before it.
     *
     * @return the state before
     */
    State set(State state) {
        State before = read(" FOR UPDATE");
        sql.sql("UPDATE sale SET paused = ?, message = ? WHERE id = 1")
                .params(state.paused(), state.message())
                .update();
        return before;
    }

    private State read(String lockClause) {
        return sql.sql("SELECT paused, message FROM sale WHERE id = 1" + lockClause)
                .query((row, number) -> new State(row.getBoolean("paused"), row.getString("message")))
                .single();
    }
}
