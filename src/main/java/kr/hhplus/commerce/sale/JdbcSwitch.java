package kr.hhplus.commerce.sale;

import kr.hhplus.commerce.sale.SaleSwitch.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The same row as the operator moves it: one operator after the other, so that each knows what was before. */
@Repository
class JdbcSwitch {

    private final JdbcClient sql;

    JdbcSwitch(JdbcClient sql) {
        this.sql = sql;
    }

    /** To be called in a transaction, whose end the next one waits for. @return what it was before */
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
