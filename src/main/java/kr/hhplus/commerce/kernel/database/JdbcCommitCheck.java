package kr.hhplus.commerce.kernel.database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * H2 leaves a commit out without an error when another thread's write has just failed and closed the store (a full
 * disk). Statements on the connection fail from then on, so one statement after the commit tells.
 */
final class JdbcCommitCheck implements TransactionExecutionListener {

    private final JdbcTemplate jdbc;

    JdbcCommitCheck(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Runs on the transaction's connection; an exception from here reaches the caller in place of the commit's end. */
    @Override
    public void afterCommit(TransactionExecution transaction, Throwable failure) {
        if (failure == null) {
            jdbc.execute("SELECT 1");
        }
    }
}
