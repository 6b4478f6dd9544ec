package kr.hhplus.commerce.kernel.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Keeps H2 connections after a lock timeout. H2 reports it as a statement timeout, which the pool treats as a broken
 * connection. Configured in {@code spring.datasource.hikari.exception-override-class-name}.
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
