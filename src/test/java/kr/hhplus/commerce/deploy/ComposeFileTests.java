package kr.hhplus.commerce.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComposeFileTests {

    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)(?=[:}])");
    private static final Set<String> NO_SECRET_AND_NO_ADDRESS =
            Set.of("COMMERCE_VERSION", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "PROMETHEUS_PORT", "GRAFANA_PORT");

    private final JsonNode compose;

    ComposeFileTests() throws IOException {
        compose = Yaml.read("compose.yaml");
    }

    @Test
    void givesTheServerAllThatItAsksFor() throws IOException {
        Set<String> given = new TreeSet<>();
        compose.at("/x-instance/environment").fieldNames().forEachRemaining(given::add);
        assertThat(Yaml.environmentThatTheClusterNeeds()).isNotEmpty().isSubsetOf(given);
    }

    /** Else all clients have nginx's address, and share what one address may have. */
    @Test
    void countsClientsByTheAddressThatNginxSays() {
        assertThat(compose.at("/x-instance/environment/SERVER_FORWARDHEADERSSTRATEGY")
                        .asText())
                .isEqualTo("native");
    }

    @Test
    void publishesOnLoopbackUnlessToldOtherwise() {
        int published = 0;
        for (JsonNode service : compose.path("services")) {
            for (JsonNode port : service.path("ports")) {
                assertThat(port.asText()).matches("(127\\.0\\.0\\.1|\\$\\{COMMERCE_ADDRESS:-127\\.0\\.0\\.1}):.*");
                published++;
            }
        }
        assertThat(published).isEqualTo(4);
        assertThat(compose.at("/services/mysql").has("ports")).isFalse();
        assertThat(compose.at("/networks/back/internal").asBoolean()).isTrue();
    }

    @Test
    void watchesRestartsAndBoundsEveryServiceOfTheShop() {
        compose.path("services").properties().forEach(entry -> {
            JsonNode service = entry.getValue();
            boolean instance = entry.getKey().startsWith("app");
            JsonNode settings = instance ? compose.path("x-instance") : service;
            assertThat(settings.path("restart").asText()).as(entry.getKey()).isEqualTo("unless-stopped");
            assertThat(settings.has("mem_limit")).as(entry.getKey()).isTrue();
            if (!instance && !service.has("profiles")) {
                assertThat(service.has("healthcheck")).as(entry.getKey()).isTrue();
            }
        });
    }

    /** The image has the instances' health check. */
    @Test
    void startsInOrder() {
        for (String needed : Set.of("mysql", "redis", "kafka")) {
            assertThat(compose.at("/x-instance/depends_on/" + needed + "/condition")
                            .asText())
                    .isEqualTo("service_healthy");
        }
        assertThat(compose.at("/services/nginx/depends_on")).hasSize(2);
    }

    @Test
    void hasALineInTheExampleForEachVariable() throws IOException {
        Set<String> used = new TreeSet<>();
        VARIABLE.matcher(Files.readString(Path.of("compose.yaml"))).results().forEach(name -> used.add(name.group(1)));
        used.removeAll(NO_SECRET_AND_NO_ADDRESS);
        Set<String> explained = new TreeSet<>();
        Files.readAllLines(Path.of(".env.example")).stream()
                .filter(line -> line.matches("[A-Z_]+=.*"))
                .forEach(line -> explained.add(line.substring(0, line.indexOf('='))));
        assertThat(explained).isEqualTo(used);
    }
}
