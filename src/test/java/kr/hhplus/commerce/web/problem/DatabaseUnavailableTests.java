package kr.hhplus.commerce.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.kernel.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionSystemException;

/** The database fails in the middle of a request: what the caller may conclude depends on what it asked for. */
class DatabaseUnavailableTests {

    private static Throwable failure(String kind) {
        return switch (kind) {
            case "away" -> new DataAccessResourceFailureException("the server went away");
            case "late" -> new QueryTimeoutException("no answer in time");
            case "lost" -> new RecoverableDataAccessException("the connection was lost");
            default -> new TransactionSystemException("the commit failed");
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "late", "lost", "commit"})
    void isUnavailableForOneWhoReads(String kind) {
        assertThat(ExceptionTranslator.refusalFor(failure(kind), true).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "late", "lost", "commit"})
    void isAnUnknownOutcomeForOneWhoChangesSomething(String kind) {
        assertThat(ExceptionTranslator.refusalFor(failure(kind), false).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isUnavailableForBothWhereThereWasNoConnectionToBeginWith(boolean reads) {
        assertThat(ExceptionTranslator.refusalFor(new CannotGetJdbcConnectionException("none"), reads)
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }
}
