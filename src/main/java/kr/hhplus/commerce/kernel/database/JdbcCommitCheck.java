package kr.hhplus.commerce.kernel.database;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Detects a commit that H2 has silently skipped, because a failed write of another thread (a full disk) has just closed
 * the store. Statements on the connection then fail, so one statement after the commit detects it.
 */
final class JdbcCommitCheck implements TransactionExecutionListener {

    private final JdbcTemplate jdbc;

    JdbcCommitCheck(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Runs on the transaction's connection. An exception from this method replaces the successful commit for the
     * caller.
     */
    @Override
    public void afterCommit(TransactionExecution transaction, Throwable failure) {
        if (failure == null) {
            jdbc.execute("SELECT 1");
        }
    }
}
