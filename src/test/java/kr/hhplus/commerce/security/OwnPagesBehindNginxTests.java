package kr.hhplus.commerce.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import kr.hhplus.commerce.testkit.ProbedServer;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A page of this very shop, with the headers that deploy/nginx sets, where another origin may call too. */
@ProbedServer
@TestPropertySource(
        properties = {
            "server.forward-headers-strategy=native",
            "commerce.cors.allowed-origins=https://shop.example",
            "commerce.access=open"
        })
class OwnPagesBehindNginxTests {

    private static final Pattern SET = Pattern.compile("(?m)^proxy_set_header (X-Forwarded-\\w+) (\\$\\w+);");
    private static final Map<String, String> VALUES =
            Map.of("$remote_addr", "203.0.113.9", "$scheme", "http", "$browser_port", "8080");

    private static String[] headersFor(String origin) throws IOException {
        String template = Files.readString(Path.of("deploy/nginx/templates/default.conf.template"));
        return ("Host: localhost:8080\nOrigin: " + origin + "\n"
                        + String.join(
                                "\n",
                                SET.matcher(template)
                                        .results()
                                        .map(set -> set.group(1) + ": " + VALUES.get(set.group(2)))
                                        .toList()))
                .split("\n");
    }

    @Test
    void areNotTakenForThoseOfAnotherOrigin(@LocalServerPort int port) throws IOException {
        Wire wire = new Wire(port);
        assertThat(wire.get("/products", headersFor("http://localhost:8080")).status())
                .isEqualTo(200);
        assertThat(wire.get("/products", headersFor("http://localhost:8081")).status())
                .isEqualTo(403);
    }
}
