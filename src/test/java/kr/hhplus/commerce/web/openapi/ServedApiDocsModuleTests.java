package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The document and Swagger UI as a browser and a generator get them, without the rest of the shop. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        classes = ServedApiDocsModuleTests.Module.class,
        properties = "management.endpoint.health.validate-group-membership=false")
class ServedApiDocsModuleTests {

    @Configuration
    @EnableAutoConfiguration(
            exclude = {
                DataSourceAutoConfiguration.class,
                KafkaAutoConfiguration.class,
                ManagementWebSecurityAutoConfiguration.class,
                SecurityAutoConfiguration.class
            })
    @Import({ApiDocument.class, ApiDocsController.class, SwaggerUi.class})
    static class Module {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port).resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void servesTheDocumentAsJsonAndAsItWasWritten() throws Exception {
        HttpResponse<String> json = get("/v3/api-docs");
        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(new ObjectMapper().readTree(json.body())).isEqualTo(Contract.DOCUMENT.tree());

        HttpResponse<String> yaml = get("/v3/api-docs.yaml");
        assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(yaml.body()).startsWith("openapi: 3.1.0").contains("무선 이어폰");
    }

    @Test
    void doesNotSendAgainWhatTheCallerHas() throws Exception {
        for (String path : new String[] {"/v3/api-docs", "/v3/api-docs.yaml"}) {
            HttpResponse<String> first = get(path);
            assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
            String tag = first.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = get(path, "If-None-Match", tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void leadsToSwaggerUiOverThisDocument() throws Exception {
        HttpResponse<String> redirect = get("/swagger-ui.html");
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location"))
                .as("without what the client wrote in Host")
                .contains("/swagger-ui/index.html");
        URI page =
                redirect.uri().resolve(redirect.headers().firstValue("Location").orElseThrow());
        HttpResponse<String> html = get(page.getPath());
        assertThat(html.statusCode()).isEqualTo(200);

        Matcher parts = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(html.body());
        int found = 0;
        while (parts.find()) {
            HttpResponse<String> part = get(page.resolve(parts.group(1)).getPath());
            assertThat(part.statusCode()).as(parts.group(1)).isEqualTo(200);
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(5);
        assertThat(get("/swagger-ui/swagger-initializer.js").body())
                .contains("/v3/api-docs")
                .doesNotContain("petstore");
    }
}
