package kr.hhplus.commerce.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.browser.BrowsedShop;
import kr.hhplus.commerce.testkit.browser.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Measures how soon a page can be used on a slow phone that has never been there: {@code -Dmeasure=true}. */
@BrowsedShop
@EnabledIfSystemProperty(named = "measure", matches = "true", disabledReason = "measurements: -Dmeasure=true")
class FirstVisitBrowserIT {

    private static final List<String> PAGES = List.of("/", "/shop/products/24", "/shop/coupons/1", "/console");
    private static final int VISITS = 5;

    /** Interactive: the document is there, and what kept the processor busy for 50 ms or more is over for 5 s. */
    private static final String INTERACTIVE = """
            const done = arguments[arguments.length - 1];
            const page = performance.getEntriesByType('navigation')[0];
            let last = page.domContentLoadedEventEnd;
            new PerformanceObserver(tasks => tasks.getEntries().forEach(
                task => last = Math.max(last, task.startTime + task.duration)))
                .observe({type: 'longtask', buffered: true});
            const painted = performance.getEntriesByName('first-contentful-paint')[0].startTime;
            setTimeout(() => done(Math.round(painted) + ' ' + Math.round(last)), 5000);""";

    @LocalServerPort
    private int port;

    @Test
    void ofASlowPhone(Browser browser) {
        browser.at(port).open("/").waitFor("main");
        for (String page : PAGES) {
            List<Integer> painted = new ArrayList<>();
            List<Integer> interactive = new ArrayList<>();
            for (int visit = 0; visit < VISITS; visit++) {
                browser.forget();
                browser.onASlowPhone(true).at(port).open(page);
                String[] times = browser.runAsync(INTERACTIVE).toString().split(" ");
                painted.add(Integer.valueOf(times[0]));
                interactive.add(Integer.valueOf(times[1]));
                browser.onASlowPhone(false);
            }
            Results.note(
                    "first visit of " + page + " on a slow phone, " + VISITS + " times",
                    "painted after " + told(painted) + ", interactive after " + told(interactive));
        }
        assertThat(browser.shows("main")).isTrue();
    }

    private static String told(List<Integer> millis) {
        List<Integer> sorted = millis.stream().sorted().toList();
        return "%d ms (%d–%d)".formatted(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
