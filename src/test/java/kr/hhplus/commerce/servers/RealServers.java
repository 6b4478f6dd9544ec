package kr.hhplus.commerce.servers;

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

    private static final class MySql {
        static final String MISSING = WANTED.equals("none") ? "skipped by -Dservers=none" : MySqlServer.missing();
        static MySqlServer running;
    }

    /** The MySQL server that all tests of this run share; each takes databases of its own. */
    public static synchronized MySqlServer mySql() {
        if (MySql.running == null) {
            MySql.running = MySqlServer.start();
            Runtime.getRuntime().addShutdownHook(new Thread(MySql.running::close));
        }
        return MySql.running;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean onH2 = !TestDatabase.ON_MYSQL && isAnnotated(context.getRequiredTestClass(), OnDatabase.class);
        if (onH2 || MySql.MISSING.isEmpty() || WANTED.equals("required")) {
            return ConditionEvaluationResult.enabled("it runs here");
        }
        return ConditionEvaluationResult.disabled(MySql.MISSING);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MySqlServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return mySql();
    }
}
