package kr.hhplus.commerce.testkit.servers;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether another transaction waits for a row, as the database itself tells. */
public final class LockWaits {

    private LockWaits() {}

    /** To be asked in the transaction for which the other waits. */
    public static boolean areThere(JdbcTemplate sql) {
        boolean h2 = sql.execute((ConnectionCallback<Boolean>)
                connection -> connection.getMetaData().getDatabaseProductName().equals("H2"));
        String waiting = h2
                ? "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID = SESSION_ID()"
                : "SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'";
        return sql.queryForObject(waiting, Integer.class) > 0;
    }
}
