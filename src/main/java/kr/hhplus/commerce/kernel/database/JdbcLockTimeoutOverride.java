package kr.hhplus.commerce.kernel.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps H2's connections after a lock time-out. H2 reports one as a statement time-out, which the pool takes for a
 * broken connection. Named in {@code spring.datasource.hikari.exception-override-class-name}.
 */
public final class JdbcLockTimeoutOverride implements SQLExceptionOverride {

    private static final int H2_LOCK_TIMEOUT = 50_200;

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return failure.getErrorCode() == H2_LOCK_TIMEOUT
                ? SQLExceptionOverride.Override.DO_NOT_EVICT
                : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
}
