package kr.hhplus.commerce.pages;

import static org.assertj.core.api.Assertions.assertThat;

import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Where nobody signs in, whoever looks is user 1 until they say otherwise. */
@ServedShop
class VisitorModuleTests {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ENGLISH = "Accept-Language: en";

    private final Wire wire;

    VisitorModuleTests(@LocalServerPort int port) {
        wire = new Wire(port);
    }

    @Test
    void isTheUserOfTheCookie() {
        assertThat(wire.get("/shop/balance", ENGLISH).body())
                .contains("name=\"user\"")
                .contains("value=\"1\"");
        assertThat(wire.get("/shop/balance", ENGLISH, "Cookie: buyer=4711").body())
                .contains("value=\"4711\"");
        assertThat(wire.get("/shop/balance", ENGLISH, "Cookie: buyer=nobody").body())
                .contains("value=\"1\"");
    }

    @Test
    void becomesAnotherAndReturnsToThePage() {
        Reply reply = wire.post("/shop/visitor", FORM, "user=+42+&next=%2Fshop%2Forders%3Fa%3Db");
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.headers().get("Location")).endsWith("/shop/orders?a=b");
        assertThat(reply.headers().get("Set-Cookie"))
                .startsWith("buyer=42;")
                .contains("HttpOnly")
                .contains("SameSite=Lax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "seven", "9007199254740992", "99999999999999999999"})
    void isNobodyWhoCannotBe(String user) {
        Reply reply = wire.post("/shop/visitor", FORM, "user=" + user, ENGLISH);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.headers()).doesNotContainKey("Set-Cookie");
        assertThat(reply.body()).contains("must be a whole number from 1 to 9007199254740991");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a b"})
    void isSentNowhereElse(String next) {
        Reply reply = wire.post("/shop/visitor", FORM, "user=2&next=" + next.replace(" ", "%20"));
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.headers().get("Location")).endsWith("/").doesNotContain("evil");
    }

    @Test
    void isToldOnAPageThatAFormCannotBeRead() {
        for (String address : new String[] {"/shop/visitor", "/shop/checkout", "/shop/balance", "/shop/cart"}) {
            Reply reply = wire.post(address, FORM, "user=%zz&key=%ff", ENGLISH);
            assertThat(reply.status()).as(address).isEqualTo(400);
            assertThat(reply.headers().get("Content-Type")).startsWith("text/html");
        }
        Reply twice = wire.get("/?q=a&q=b", ENGLISH);
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.body()).contains("must be given once");
    }
}
