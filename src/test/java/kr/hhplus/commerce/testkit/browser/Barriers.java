package kr.hhplus.commerce.testkit.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What keeps people from using the page that a browser shows, as axe finds it: serious and critical findings alone. */
public final class Barriers {

    private static final String AXE = script();

    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
                found => done(found.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .flatMap(v => v.nodes.map(n => v.id + ' (' + v.help + '): ' + n.target + ' ' + n.html
                        + ' ' + n.failureSummary))),
                failure => done(['axe failed: ' + failure]));""";

    private Barriers() {}

    public static List<?> on(Browser browser) {
        if (Boolean.FALSE.equals(browser.run("return 'axe' in window"))) {
            browser.run(AXE);
        }
        return (List<?>) browser.runAsync(RUN);
    }

    private static String script() {
        try (InputStream text = Barriers.class.getResourceAsStream("/axe.min.js")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
