package kr.hhplus.commerce.groupcommit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A pool whose connections fail on demand: at the next commit, or before there is one. */
final class FlakyDataSource extends DelegatingDataSource {

    enum Fault {
        NONE,
        REFUSES_CONNECTIONS,
        FAILS_BEFORE_COMMITTING,
        FAILS_AFTER_COMMITTING
    }

    private volatile Fault next = Fault.NONE;

    FlakyDataSource(DataSource real) {
        super(real);
    }

    /** Breaks the next commit, or every connection until told otherwise. */
    void breakWith(Fault fault) {
        next = fault;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (next == Fault.REFUSES_CONNECTIONS) {
            throw new SQLNonTransientConnectionException("connection refused", "08001");
        }
        Connection real = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    Fault fault = method.getName().equals("commit") ? next : Fault.NONE;
                    if (fault != Fault.NONE) {
                        next = Fault.NONE;
                    }
                    if (fault == Fault.FAILS_AFTER_COMMITTING) {
                        real.commit();
                    }
                    if (fault != Fault.NONE) {
                        throw new SQLException("the server went away", "08S01");
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
