package kr.hhplus.commerce.kernel.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Texts that are blank, too long, or would disorder what stands around them, in every field that takes a text. */
@ServedShop
class RefusedTextsModuleTests {

    private static final String SMILE = "\uD83D\uDE00";
    private static final List<String> BLANK = List.of("", " ", "\u3000", "\u200B", "\u3164\u2800", "\u00A0\u2060");
    private static final List<String> DISORDERING = List.of("a\u202Eb", "\u2066a", "a\u2069", "\u202Aa\u202C");

    private final Client client;
    private final Visit browser;

    RefusedTextsModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        browser = new Visit(port, "en");
    }

    /** @param target {@code PATCH /path}, with {@code $} for the product or campaign that there is */
    private record Field(String target, String name, int lengthMax, boolean needed, Map<String, Object> beside) {

        Call with(String text, long id) {
            String[] parts = target.replace("$", String.valueOf(id)).split(" ");
            Map<String, Object> body = new HashMap<>(beside);
            body.put(name, text);
            return new Call(parts[0], parts[1], body, null);
        }
    }

    static Stream<Field> fields() {
        Map<String, Object> product = Map.of("name", "Cup", "price", 1, "stock", 1);
        Map<String, Object> campaign = Map.of(
                "discount",
                Map.of("type", "FIXED", "value", 1),
                "minOrderAmount",
                0,
                "totalQuantity",
                1,
                "startsAt",
                "2020-01-01T00:00:00Z",
                "endsAt",
                "2020-01-02T00:00:00Z",
                "couponValidDays",
                1);
        return Stream.of(
                new Field("POST /admin/products", "name", 100, true, product),
                new Field("POST /admin/products", "description", 2000, false, product),
                new Field("PATCH /admin/products/$", "name", 100, true, Map.of()),
                new Field("PATCH /admin/products/$", "description", 2000, false, Map.of()),
                new Field("POST /admin/products/$/stock", "reason", 200, true, Map.of("delta", 1)),
                new Field("POST /admin/campaigns", "name", 100, true, campaign),
                new Field("PATCH /admin/campaigns/$", "name", 100, true, Map.of()),
                new Field("PUT /admin/sale", "message", 200, false, Map.of("paused", false)));
    }

    private long idFor(Field field) {
        return field.target().contains("campaigns/")
                ? client.must(Call.createCampaign("Off", 1, 1)).number("campaignId")
                : client.must(Call.createProduct("Cup", 1, 1)).number("productId");
    }

    @ParameterizedTest
    @MethodSource("fields")
    void areCountedInCodePoints(Field field) {
        long id = idFor(field);
        client.must(field.with(SMILE.repeat(field.lengthMax()), id));
        assertRefused(
                field.with(SMILE.repeat(field.lengthMax() + 1), id),
                field,
                "must have a length from 0 to " + field.lengthMax());
    }

    @ParameterizedTest
    @MethodSource("fields")
    void areRefusedWhereTheyWouldDisorderTheTextAroundThem(Field field) {
        long id = idFor(field);
        for (String text : DISORDERING) {
            assertRefused(
                    field.with(text, id),
                    field,
                    "must not contain control characters, characters that reorder text, or unpaired surrogates");
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void areRefusedWhereTheyAreBlank(Field field) {
        long id = idFor(field);
        for (String text : BLANK) {
            if (field.needed()) {
                assertRefused(field.with(text, id), field, "must not be blank");
            } else {
                client.must(field.with(text, id));
            }
        }
    }

    @Test
    void countForNoneAsAMessage() {
        for (String blank : BLANK) {
            client.must(new Call("PUT", "/admin/sale", Map.of("paused", false, "message", blank), null));
            assertThat(client.must(Call.get("/admin/sale")).json().has("message"))
                    .isFalse();
        }
    }

    @Test
    void areRefusedAsParametersToo() {
        for (String path : List.of("/products?q=", "/admin/trail?who=")) {
            assertThat(client.send(Call.get(path + encoded("a\u202Eb"))).code()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(client.must(Call.get("/products?q=" + encoded(SMILE.repeat(100))))
                        .status())
                .isEqualTo(200);
        assertThat(client.send(Call.get("/products?q=" + encoded(SMILE.repeat(101))))
                        .code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(client.must(Call.get("/admin/trail?who=" + encoded(SMILE.repeat(200))))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void areRefusedInFormsToo() {
        for (String name : List.of("\u3000", "\u200B", "\u3164")) {
            Reply page = browser.post("/console/products", Map.of("name", name, "price", "1", "stock", "1"));
            assertThat(page.status()).as(name).isEqualTo(400);
            assertThat(page.body()).contains("must not be blank");
        }
        Reply page = browser.post("/console/products", Map.of("name", "a\u202Eb", "price", "1", "stock", "1"));
        assertThat(page.body()).contains("characters that reorder text");
    }

    private void assertRefused(Call call, Field field, String detail) {
        Reply reply = client.send(call).checkedAgainst(call);
        assertThat(reply.code()).as("%s → %s", call, reply).isEqualTo("INVALID_REQUEST");
        assertThat(reply.json().at("/errors/0/pointer").asText()).isEqualTo("/" + field.name());
        assertThat(reply.json().at("/errors/0/detail").asText()).isEqualTo(detail);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
