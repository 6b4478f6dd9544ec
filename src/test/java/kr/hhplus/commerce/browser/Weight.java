package kr.hhplus.commerce.browser;

import java.util.List;

/** What a page's first visit sends over the wire, in bytes: the page, and all that it loads. */
record Weight(long bytes, List<?> parts) {

    private static final String SCRIPT = """
            const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
            return all.map(e => e.transferSize + ' ' + e.name);""";

    static Weight of(Browser browser) {
        List<?> parts = (List<?>) browser.run(SCRIPT);
        return new Weight(
                parts.stream()
                        .mapToLong(part -> Long.parseLong(part.toString().split(" ")[0]))
                        .sum(),
                parts);
    }
}
