package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import kr.hhplus.commerce.web.openapi.Operation.Example;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/** The mock profile over HTTP: every operation, every example, held against the contract like a real answer. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("mock")
class MockApiModuleTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    private HttpResponse<String> call(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private static String pathOf(Operation operation) {
        return operation
                .path()
                .getPatternString()
                .replace("{productId}", "1")
                .replace("{tokenId}", "1")
                .replace("{userId}", "1000000000001")
                .replace("{campaignId}", "1")
                .replace("{orderId}", "06Y426QGC0C00")
                .replace("{topUpId}", "06Y4225XC0C00")
                .replace("{reservationId}", "06Y426PGC0C00")
                .replace("{provider}", "toss");
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void answersEveryOperationWithItsFirstSuccess() throws Exception {
        for (Operation operation : Contract.OPERATIONS.all()) {
            HttpResponse<String> answer = call(operation.method(), pathOf(operation));
            Contract.check(answer);
            Example first = operation.examples().get(0);
            assertThat(answer.statusCode()).as(operation.id()).isEqualTo(first.status());
            assertThat(json(answer)).isEqualTo(first.body());
            assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
        }
    }

    @Test
    void answersEveryExampleByItsStatusAndName() throws Exception {
        int answers = 0;
        for (Operation operation : Contract.OPERATIONS.all()) {
            for (Example example : operation.examples()) {
                String preference = "code=" + example.status() + ", example=" + example.name();
                HttpResponse<String> answer = call(operation.method(), pathOf(operation), "Prefer", preference);
                Contract.check(answer);
                assertThat(answer.statusCode()).isEqualTo(example.status());
                assertThat(answer.headers().firstValue("Preference-Applied")).contains(preference);
                if (example.status() >= 400) {
                    assertThat(json(answer).get("code").asText()).isEqualTo(example.name());
                } else {
                    assertThat(json(answer)).isEqualTo(example.body());
                }
                answers++;
            }
        }
        assertThat(answers).isGreaterThan(200);
    }

    @Test
    void aStatusAloneOrANameAloneIsEnough() throws Exception {
        HttpResponse<String> byStatus = call("POST", "/orders", "Prefer", "respond-async, code=409");
        assertThat(json(byStatus).get("code").asText()).isEqualTo("INSUFFICIENT_STOCK");
        assertThat(byStatus.headers().firstValue("Preference-Applied")).contains("code=409");

        HttpResponse<String> byName = call("POST", "/orders", "Prefer", "example=\"COUPON_EXPIRED\"");
        assertThat(json(byName).get("code").asText()).isEqualTo("COUPON_EXPIRED");
        assertThat(byName.statusCode()).isEqualTo(409);

        HttpResponse<String> twoLines = call("POST", "/orders", "Prefer", "code=503", "Prefer", "example=OVERLOADED");
        assertThat(json(twoLines).get("code").asText()).isEqualTo("OVERLOADED");
        assertThat(twoLines.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void saysWhichExamplesThereAreWhereNoneFits() throws Exception {
        for (Operation operation : Contract.OPERATIONS.all()) {
            HttpResponse<String> answer = call(operation.method(), pathOf(operation), "Prefer", "code=418");
            Contract.check(answer);
            assertThat(json(answer).get("code").asText()).isEqualTo("INVALID_REQUEST");
            for (Example example : operation.examples()) {
                assertThat(json(answer).get("detail").asText()).contains(example.status() + " " + example.name());
            }
        }
    }

    @Test
    void knowsNoOtherPathsAndMethods() throws Exception {
        HttpResponse<String> nowhere = call("GET", "/nowhere");
        Contract.check(nowhere);
        assertThat(nowhere.statusCode()).isEqualTo(404);

        HttpResponse<String> wrongMethod = call("DELETE", "/orders");
        Contract.check(wrongMethod);
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST, GET");

        HttpResponse<String> head = call("HEAD", "/products");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void keepsNothing() throws Exception {
        String before = call("GET", "/balance?userId=42").body();
        call("POST", "/balance/charge?userId=42&amount=1000");
        assertThat(call("GET", "/balance?userId=42").body()).isEqualTo(before);
    }

    @Test
    void stillHasTheRealDocumentAndItsPages() throws Exception {
        assertThat(call("GET", "/v3/api-docs").statusCode()).isEqualTo(200);
        assertThat(call("GET", "/actuator/health").statusCode()).isEqualTo(200);
    }
}
