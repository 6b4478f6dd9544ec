package kr.hhplus.commerce.web.problem;

import jakarta.servlet.ServletException;
import jakarta.validation.ConstraintViolationException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import kr.hhplus.commerce.groupcommit.CommitException;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingPathVariableException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Translates every exception that can leave a controller or a filter into a refusal. */
final class ExceptionTranslator {

    /** The codes of statuses that Spring, its security filters and Tomcat set. All others belong to one operation. */
    private static final Set<ErrorCode> SET_BY_FRAMEWORKS = EnumSet.of(
            ErrorCode.UNAUTHENTICATED,
            ErrorCode.RATE_LIMITED,
            ErrorCode.NOT_FOUND,
            ErrorCode.METHOD_NOT_ALLOWED,
            ErrorCode.NOT_ACCEPTABLE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE,
            ErrorCode.PAYLOAD_TOO_LARGE,
            ErrorCode.REQUEST_TIMEOUT,
            ErrorCode.HTTP_VERSION_NOT_SUPPORTED,
            ErrorCode.NOT_IMPLEMENTED,
            ErrorCode.URI_TOO_LONG,
            ErrorCode.HEADERS_TOO_LARGE,
            ErrorCode.EXPECTATION_FAILED,
            ErrorCode.MALFORMED_REQUEST,
            ErrorCode.FORBIDDEN,
            ErrorCode.UNAVAILABLE);

    private ExceptionTranslator() {}

    static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null
                && (inner instanceof CompletionException
                        || inner instanceof ExecutionException
                        || inner instanceof UndeclaredThrowableException
                        || inner.getClass() == ServletException.class)) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Returns whether the connection broke while the response was written. */
    static boolean isConnectionClosed(Throwable failure) {
        return failure instanceof AsyncRequestNotUsableException || failure instanceof ClientAbortException;
    }

    /**
     * Returns the refusal for an exception.
     *
     * @param onlyReads whether the request only reads, so that its failure has no effect
     */
    static Refusal refusalFor(Throwable failure, boolean onlyReads) {
        if (failure instanceof RefusedException refused) {
            return refused.refusal();
        }
        if (failure instanceof CommitException commit) {
            return Refusal.of(codeOf(commit));
        }
        Optional<CommitException> byOthers = CommitException.causedByOthers(failure);
        if (byOthers.isPresent()) {
            return Refusal.of(codeOf(byOthers.get()));
        }
        if (failure instanceof AsyncRequestTimeoutException) {
            return Refusal.of(ErrorCode.OUTCOME_UNKNOWN);
        }
        if (failure instanceof CannotGetJdbcConnectionException
                || failure instanceof CannotCreateTransactionException) {
            return Refusal.of(ErrorCode.UNAVAILABLE);
        }
        if (isDatabaseFailure(failure)) {
            return Refusal.of(onlyReads ? ErrorCode.UNAVAILABLE : ErrorCode.OUTCOME_UNKNOWN);
        }
        Refusal invalid = invalid(failure);
        if (invalid != null) {
            return invalid;
        }
        return failure instanceof ErrorResponse response
                ? refusalFor(response.getStatusCode().value())
                : Refusal.of(ErrorCode.INTERNAL_ERROR);
    }

    /** The database failed or timed out; a statement or a commit may have been in progress. */
    private static boolean isDatabaseFailure(Throwable failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof TransactionSystemException;
    }

    /** Returns the refusal for a status that a framework set. */
    static Refusal refusalFor(int status) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.status() == status && SET_BY_FRAMEWORKS.contains(code)) {
                return Refusal.of(code);
            }
        }
        return Refusal.of(status >= 400 && status < 500 ? ErrorCode.MALFORMED_REQUEST : ErrorCode.INTERNAL_ERROR);
    }

    static HttpHeaders headersFor(Throwable failure) {
        return failure instanceof ErrorResponse response ? response.getHeaders() : HttpHeaders.EMPTY;
    }

    private static ErrorCode codeOf(CommitException failure) {
        if (failure instanceof CommitException.Overloaded) {
            return ErrorCode.OVERLOADED;
        }
        if (failure instanceof CommitException.RowLocked) {
            return ErrorCode.ROW_LOCKED;
        }
        if (failure instanceof CommitException.Busy) {
            return ErrorCode.RATE_LIMITED;
        }
        if (failure instanceof CommitException.Unavailable) {
            return ErrorCode.UNAVAILABLE;
        }
        return failure instanceof CommitException.OutcomeUnknown ? ErrorCode.OUTCOME_UNKNOWN : ErrorCode.INTERNAL_ERROR;
    }

    private static Refusal invalid(Throwable failure) {
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return JsonErrors.refusalFor(unreadable);
        }
        if (failure instanceof BindException binding) {
            return ArgumentErrors.of(binding.getBindingResult());
        }
        if (failure instanceof HandlerMethodValidationException method) {
            return method.isForReturnValue() ? null : ArgumentErrors.of(method);
        }
        if (failure instanceof ConstraintViolationException constraints) {
            return ArgumentErrors.of(constraints.getConstraintViolations());
        }
        if (failure instanceof TypeMismatchException mismatch) {
            return ArgumentErrors.of(mismatch);
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return InvalidRequest.at("/" + missing.getParameterName(), "NotNull");
        }
        if (failure instanceof MissingPathVariableException missing) {
            return InvalidRequest.at("/" + missing.getVariableName(), "NotNull");
        }
        if (failure instanceof MissingRequestHeaderException missing) {
            return InvalidRequest.at("/headers/" + missing.getHeaderName(), "NotNull");
        }
        return null;
    }
}
