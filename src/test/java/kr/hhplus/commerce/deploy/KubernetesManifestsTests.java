package kr.hhplus.commerce.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;

class KubernetesManifestsTests {

    private static final String FOLDER = "deploy/kubernetes/";

    /** Refuses fields that the API does not know, wrong shapes, and the lack of what must be there. */
    @FunctionalInterface
    private interface Schema {
        void check(JsonElement manifest) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "v1 Namespace", V1Namespace::validateJsonElement,
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "v1 Secret", V1Secret::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "apps/v1 Deployment", V1Deployment::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::validateJsonElement);

    static Stream<String> manifests() throws IOException {
        return Files.list(Path.of(FOLDER))
                .map(file -> file.getFileName().toString())
                .filter(file -> !file.equals("kustomization.yaml"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void areWhatTheApiKnows(String file) throws IOException {
        check(Yaml.read(FOLDER + file));
    }

    private static void check(JsonNode manifest) throws IOException {
        String kind = manifest.path("apiVersion").asText() + " "
                + manifest.path("kind").asText();
        assertThat(SCHEMAS).containsKey(kind);
        SCHEMAS.get(kind).check(JsonParser.parseString(manifest.toString()));
    }

    @Test
    void wouldBeFoundOutByAMisspeltField() throws IOException {
        String text = Yaml.read(FOLDER + "deployment.yaml").toString();
        JsonNode misspelt = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(text.replace("readOnlyRootFilesystem", "readOnlyRootFileSystem"));
        assertThatThrownBy(() -> check(misspelt)).hasMessageContaining("readOnlyRootFileSystem");
    }

    @Test
    void areAllAppliedButForTheTemplateAndTheOption() throws IOException {
        Set<String> listed = new TreeSet<>(List.of("secret.example.yaml", "autoscaler.yaml"));
        Yaml.read(FOLDER + "kustomization.yaml").path("resources").forEach(file -> listed.add(file.asText()));
        assertThat(manifests()).containsExactlyElementsOf(listed);
    }

    @Test
    void giveTheServerAllThatItAsksFor() throws IOException {
        Set<String> given = new TreeSet<>();
        Yaml.read(FOLDER + "config.yaml").path("data").fieldNames().forEachRemaining(given::add);
        Yaml.read(FOLDER + "secret.example.yaml")
                .path("stringData")
                .fieldNames()
                .forEachRemaining(given::add);
        assertThat(Yaml.environmentThatTheClusterNeeds()).isNotEmpty().isSubsetOf(given);
    }

    /** Boot finds out by itself on Kubernetes, but what reads the property does not. */
    @Test
    void countClientsByTheAddressThatTheProxySays() throws IOException {
        assertThat(Yaml.read(FOLDER + "config.yaml")
                        .at("/data/SERVER_FORWARDHEADERSSTRATEGY")
                        .asText())
                .isEqualTo("native");
    }

    @Test
    void selectThePodsOfTheDeployment() throws IOException {
        JsonNode spec = Yaml.read(FOLDER + "deployment.yaml").path("spec");
        JsonNode labels = spec.at("/template/metadata/labels");
        assertThat(labels.isEmpty()).isFalse();
        assertThat(spec.at("/selector/matchLabels")).isEqualTo(labels);
        assertThat(Yaml.read(FOLDER + "service.yaml").at("/spec/selector")).isEqualTo(labels);
        assertThat(Yaml.read(FOLDER + "disruption-budget.yaml").at("/spec/selector/matchLabels"))
                .isEqualTo(labels);
        assertThat(Yaml.read(FOLDER + "network-policy.yaml").at("/spec/podSelector/matchLabels"))
                .isEqualTo(labels);
    }

    /** Drain, requests under way and accepted commands, one after the other. */
    @Test
    void waitForAWholeStop() throws IOException {
        Duration drain = DurationStyle.detectAndParse(Yaml.read(FOLDER + "config.yaml")
                .at("/data/COMMERCE_HTTP_SHUTDOWNDELAY")
                .asText());
        long grace = Yaml.read(FOLDER + "deployment.yaml")
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asLong();
        assertThat(Duration.ofSeconds(grace))
                .isGreaterThan(drain.plusSeconds(20).plusSeconds(15));
    }
}
