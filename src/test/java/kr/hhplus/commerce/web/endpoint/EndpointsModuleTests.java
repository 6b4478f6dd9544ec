package kr.hhplus.commerce.web.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.bind.annotation.RequestMethod;

/** Every handler method with its path, access rule, rate-limit group, caching and fast path, as the file lists them. */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu"
        })
class EndpointsModuleTests {

    private static final Path LIST = Path.of("src/test/resources/endpoints.txt");

    private final List<Endpoint> endpoints;

    EndpointsModuleTests(@Autowired Endpoints endpoints) {
        this.endpoints = endpoints.all().stream()
                .filter(endpoint -> endpoint.handler().getBeanType().getName().startsWith("kr.hhplus"))
                .toList();
    }

    private static String line(Endpoint endpoint) {
        String methods = endpoint.methods().isEmpty()
                ? "*"
                : endpoint.methods().stream().map(RequestMethod::name).sorted().collect(Collectors.joining(","));
        return "%-6s %-38s %-16s %-8s %-6s %s"
                .formatted(
                        methods,
                        endpoint.path().getPatternString(),
                        endpoint.access(),
                        endpoint.rateLimit(),
                        endpoint.cached() ? "cached" : "-",
                        endpoint.fastPath() ? "fast" : "-")
                .strip();
    }

    @Test
    void areThoseOfTheList() throws Exception {
        List<String> lines =
                endpoints.stream().map(EndpointsModuleTests::line).sorted().toList();
        if (Boolean.getBoolean("update-docs")) {
            Files.write(LIST, lines);
        }
        assertThat(lines)
                .as("-Dupdate-docs=true writes the list; read its difference")
                .isEqualTo(Files.readAllLines(LIST));
    }

    @Test
    void allSayWhoMayCall() {
        assertThat(endpoints)
                .isNotEmpty()
                .as("without @Access on the method or its controller")
                .noneMatch(endpoint -> endpoint.declaredAccess() == null);
    }

    @Test
    void returnAFutureOnTheFastPath() {
        assertThat(endpoints.stream()
                        .filter(Endpoint::fastPath)
                        .map(endpoint -> endpoint.handler().getMethod().getReturnType()))
                .isNotEmpty()
                .allMatch(CompletableFuture.class::equals);
    }
}
