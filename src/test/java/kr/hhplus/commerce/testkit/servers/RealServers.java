package kr.hhplus.commerce.testkit.servers;

import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the servers that production has, as processes, each started once for the whole run. Where one cannot run
 * the tests that need it are skipped and say why; with {@code -Dservers=required} they fail instead.
 */
public final class RealServers implements ParameterResolver, ExecutionCondition {

    private static final String WANTED = System.getProperty("servers", "available");

    private static final String MISSING = WANTED.equals("none") ? "skipped by -Dservers=none" : MySqlServer.missing();

    private static MySqlServer mySql;
    private static RedisServer redis;

    /** The MySQL server that all tests of this run share; each takes databases of its own. */
    public static synchronized MySqlServer mySql() {
        if (mySql == null) {
            mySql = MySqlServer.start();
            EndOfTests.close(mySql::close);
        }
        return mySql;
    }

    /** The Redis server that all tests of this run share. */
    public static synchronized RedisServer redis() {
        if (redis == null) {
            redis = RedisServer.start();
        }
        return redis;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean elsewhere = !TestDatabase.ON_MYSQL
                || !System.getProperty("tests.server", "").isEmpty();
        boolean needsNone = elsewhere && isAnnotated(context.getRequiredTestClass(), OnDatabase.class);
        if (needsNone || MISSING.isEmpty() || WANTED.equals("required")) {
            return ConditionEvaluationResult.enabled("it runs here");
        }
        return ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == MySqlServer.class || type == RedisServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MySqlServer.class ? mySql() : redis();
    }
}
