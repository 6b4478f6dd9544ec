package kr.hhplus.commerce.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Wire;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/**
 * What is watched exists: every metric and label of the dashboard and of the alarms is on the scraped page, of a server
 * that looks for a Redis that is not there.
 */
@ProbedServer
@TestPropertySource(properties = {"commerce.cache=redis", "spring.data.redis.port=1"})
class DashboardTests {

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? ");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"|(\\w+)!=\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without) *\\(([^)]*)\\)");
    private static final Pattern METRIC = Pattern.compile("\\b([a-z][a-z0-9_]*_[a-z0-9_]+|up)\\b(?! *\\()");

    /** Prometheus makes these itself. */
    private static final Set<String> ITS_OWN_METRICS = Set.of("up");

    private static final Set<String> ITS_OWN_LABELS = Set.of("instance", "job");

    @LocalServerPort
    private int port;

    private final Set<String> metrics = new TreeSet<>(ITS_OWN_METRICS);
    private final Set<String> labels = new TreeSet<>(ITS_OWN_LABELS);

    /** Some are only there when what they count has happened once. */
    @BeforeEach
    void scrape() {
        Wire wire = new Wire(port);
        wire.get("/products");
        wire.get("/products/1");
        System.gc();
        String page = Awaitility.await("the collection of garbage to be counted")
                .until(() -> wire.get("/actuator/prometheus").body(), body -> body.contains("jvm_gc_pause_seconds"));
        SERIES.matcher(page).results().forEach(series -> {
            metrics.add(series.group(1));
            labels.addAll(labelsOf(String.valueOf(series.group(2))));
        });
        assertThat(metrics).hasSizeGreaterThan(80);
    }

    @Test
    void showsWhatTheServerTells() throws IOException {
        assertKnown(dashboardExpressions());
    }

    @Test
    void alarmsWatchWhatTheServerTells() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonNode group : Yaml.read("deploy/prometheus/rules.yml").path("groups")) {
            group.path("rules")
                    .forEach(rule -> expressions.add(rule.path("expr").asText()));
        }
        assertKnown(expressions);
    }

    @Test
    void putsEachPanelInAPlaceOfItsOwn() throws IOException {
        List<String> places = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : dashboard().path("panels")) {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            places.add(at.path("x") + "," + at.path("y"));
            ids.add(panel.path("id").asInt());
        }
        assertThat(places).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(ids).doesNotHaveDuplicates();
    }

    private void assertKnown(List<String> expressions) {
        assertThat(expressions).hasSizeGreaterThan(10);
        for (String expression : expressions) {
            assertThat(metricsOf(expression)).as(expression).isNotEmpty().isSubsetOf(metrics);
            assertThat(labelsOf(expression)).as(expression).isSubsetOf(labels);
        }
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("deploy/grafana/dashboards/sale.json").toFile());
    }

    private static List<String> dashboardExpressions() throws IOException {
        return dashboard().findValuesAsText("expr");
    }

    private static Set<String> metricsOf(String expression) {
        String bare = GROUPING.matcher(expression)
                .replaceAll("")
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("\\[[^]]*]", "");
        return METRIC.matcher(bare).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> labelsOf(String text) {
        Set<String> found = new TreeSet<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            found.add(label.group(1) == null ? label.group(2) : label.group(1));
        }
        GROUPING.matcher(text)
                .results()
                .forEach(group -> found.addAll(List.of(group.group(1).split(", *"))));
        return found;
    }
}
