package kr.hhplus.commerce.sale;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** One row that every instance reads with each batch, so that a pause holds everywhere from its commit on. */
@Repository
public class SaleSwitch {

    private final JdbcClient sql;

    SaleSwitch(JdbcClient sql) {
        this.sql = sql;
    }

    /** @param message the operator's words to those who wait, or null */
    public record State(boolean paused, String message) {}

    /** As it is now, with every acknowledged change. */
    public State state() {
        return sql.sql("SELECT paused, message FROM sale WHERE id = 1")
                .query((row, number) -> new State(row.getBoolean("paused"), row.getString("message")))
                .single();
    }

    /** Why nothing may be sold at present; empty while the sale goes on. To be asked in the sale's transaction. */
    public Optional<SalePaused> pause() {
        State state = state();
        return state.paused() ? Optional.of(new SalePaused(state.message())) : Optional.empty();
    }
}
