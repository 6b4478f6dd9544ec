package kr.hhplus.commerce.groupcommit;

import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs each batch as a transaction of a relational database, on the writer's thread. */
final class JdbcBatchStore<C, R> implements BatchStore<C, R> {

    private static final Logger log = LoggerFactory.getLogger(CommandQueue.class);
    private static final int MYSQL_ROLLED_BACK_DURING_COMMIT = 3101;

    private final PlatformTransactionManager transactions;
    private final Function<List<C>, BatchResult<R>> decideBatch;
    private final JdbcIdleTransactionKiller idleTransactionKiller;
    private final JdbcReadOnlyPrimaryDetector readOnlyPrimaryDetector;

    JdbcBatchStore(
            PlatformTransactionManager transactions,
            Function<List<C>, BatchResult<R>> decideBatch,
            JdbcIdleTransactionKiller idleTransactionKiller,
            JdbcReadOnlyPrimaryDetector readOnlyPrimaryDetector) {
        this.transactions = transactions;
        this.decideBatch = decideBatch;
        this.idleTransactionKiller = idleTransactionKiller;
        this.readOnlyPrimaryDetector = readOnlyPrimaryDetector;
    }

    @Override
    public Batch<C, R> begin() {
        TransactionStatus status = JdbcRoutingDataSource.onWriterPool(
                () -> transactions.getTransaction(new DefaultTransactionDefinition()));
        if (!status.isNewTransaction()) {
            // Joining an open transaction would deliver results without a commit.
            throw new IllegalStateException("the writer thread still has a transaction");
        }
        return new JdbcBatch(status);
    }

    @Override
    public Failure onFailure(RuntimeException failure) {
        if (JdbcRowProbe.isLockTimeout(failure)) {
            idleTransactionKiller.killIdle();
            return Failure.LOCKED;
        }
        if (failure instanceof DataAccessException data && JdbcReadOnlyPrimaryDetector.isReadOnly(data)) {
            readOnlyPrimaryDetector.evictConnections();
            return Failure.UNREACHABLE;
        }
        if (failure instanceof CannotCreateTransactionException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessResourceException
                || failure instanceof RecoverableDataAccessException) {
            return Failure.UNREACHABLE;
        }
        if (failure instanceof DuplicateKeyException) {
            return Failure.DUPLICATE;
        }
        if (rolledBack(failure)) {
            return Failure.CONTENDED;
        }
        return failure instanceof TransientDataAccessException ? Failure.CONTENDED : Failure.NOT_RETRYABLE;
    }

    @Override
    public boolean rolledBack(Throwable failure) {
        return saysRolledBack(failure);
    }

    /** SQLSTATE class 40 is "transaction rollback"; only 40003 leaves the outcome open. Galera and MySQL use it. */
    static boolean saysRolledBack(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState() == null ? "" : sql.getSQLState();
                return sql.getErrorCode() == MYSQL_ROLLED_BACK_DURING_COMMIT
                        || state.startsWith("40") && !state.equals("40003");
            }
        }
        return false;
    }

    private final class JdbcBatch implements Batch<C, R> {

        private final TransactionStatus status;
        private BooleanSupplier isCommitted = () -> false;

        JdbcBatch(TransactionStatus status) {
            this.status = status;
        }

        @Override
        public List<R> decide(List<C> commands) {
            BatchResult<R> batch = decideBatch.apply(commands);
            isCommitted = batch.isCommitted();
            return batch.results();
        }

        @Override
        public void commit() {
            transactions.commit(status);
        }

        @Override
        public void rollback() {
            try {
                if (!status.isCompleted()) {
                    transactions.rollback(status);
                }
            } catch (RuntimeException e) {
                // The connection is lost, and its transaction with it.
                log.debug("a rollback failed", e);
            }
        }

        @Override
        public boolean isCommitted() {
            TransactionTemplate lookUp = new TransactionTemplate(transactions);
            return Boolean.TRUE.equals(JdbcRoutingDataSource.onWriterPool(
                    () -> lookUp.execute(transaction -> isCommitted.getAsBoolean())));
        }
    }
}
