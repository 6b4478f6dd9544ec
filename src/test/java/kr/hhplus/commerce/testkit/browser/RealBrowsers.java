package kr.hhplus.commerce.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests browsers, which all tests of a run share, each time without cookies. A test during which a page
 * complained in the console fails. Where there is no browser, tests are skipped, or fail by {@code -Dservers=required}.
 */
public final class RealBrowsers
        implements ParameterResolver,
                ExecutionCondition,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterAllCallback {

    private static final String WANTED = System.getProperty("servers", "available");
    private static final String MISSING = WANTED.equals("none") ? "skipped by -Dservers=none" : Chromium.missing();
    private static final List<Browser> STARTED = new ArrayList<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return MISSING.isEmpty() || WANTED.equals("required")
                ? ConditionEvaluationResult.enabled("there is a browser, or there has to be one")
                : ConditionEvaluationResult.disabled(MISSING);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        STARTED.forEach(Browser::forget);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        context.getExecutionException()
                .ifPresentOrElse(
                        failure -> STARTED.forEach(browser -> failure.addSuppressed(browser.asItIs())),
                        () -> STARTED.forEach(browser -> assertThat(browser.complaints())
                                .as("what pages complained about in the console")
                                .isEmpty()));
    }

    /** A page that stays open would go on to draw and to listen while other tests run. */
    @Override
    public void afterAll(ExtensionContext context) {
        STARTED.forEach(Browser::forget);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    /** The first parameter of a method is the first browser, and the second the second. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?>[] types = parameter.getDeclaringExecutable().getParameterTypes();
        int number = 0;
        for (int i = 0; i < parameter.getIndex(); i++) {
            number += types[i] == Browser.class ? 1 : 0;
        }
        return started(number);
    }

    private static synchronized Browser started(int number) {
        assertThat(MISSING).as("why there is no browser").isEmpty();
        while (STARTED.size() <= number) {
            Browser browser = new Browser(Chromium.start());
            STARTED.add(browser);
            Runtime.getRuntime().addShutdownHook(new Thread(browser::close));
        }
        return STARTED.get(number);
    }
}
