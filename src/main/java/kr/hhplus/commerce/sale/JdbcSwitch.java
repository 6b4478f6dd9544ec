package kr.hhplus.commerce.sale;

import kr.hhplus.commerce.sale.SaleSwitch.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Changes the sale switch. A row lock serializes operators, so that each change reads the state before it. */
@Repository
class JdbcSwitch {

    private final JdbcClient sql;

    JdbcSwitch(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Sets the state. Must be called in a transaction, because the lock lasts until its end.
     *
     * @return the state before
     */
    State set(State state) {
        State before = sql.sql("SELECT paused, message FROM sale WHERE id = 1 FOR UPDATE")
                .query((row, number) -> new State(row.getBoolean("paused"), row.getString("message")))
                .single();
        sql.sql("UPDATE sale SET paused = ?, message = ? WHERE id = 1")
                .params(state.paused(), state.message())
                .update();
        return before;
    }
}
