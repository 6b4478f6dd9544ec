package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.LiveStream;
import kr.hhplus.commerce.testkit.LiveStream.Event;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A page that shows live numbers, over HTTP: first everything it asked for, then what changes. */
@ServedShop
class ShopSubscriptionModuleTests {

    private final int port;
    private final Client client;
    private final Given given;

    ShopSubscriptionModuleTests(@LocalServerPort int port) {
        this.port = port;
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private void pause(boolean paused, String message) {
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", paused, "message", message), null));
    }

    /** Until the numbers, which may be a moment old, have all of these. */
    private void awaitNumbers(long campaign, long... products) {
        String ids = LongStream.of(products).mapToObj(String::valueOf).collect(Collectors.joining(","));
        try (LiveStream page = new LiveStream(port, "/live?products=" + ids + "&campaigns=" + campaign)) {
            Set<String> known = new HashSet<>();
            while (known.size() < products.length + 1) {
                Event event = page.next();
                if (event.name().equals("stock") || event.name().equals("campaigns")) {
                    event.json().fieldNames().forEachRemaining(id -> known.add(event.name() + " " + id));
                }
            }
        }
    }

    @AfterEach
    void goOn() {
        pause(false, "");
    }

    @Test
    void beginsWithTheClockAndEverythingThatWasAsked() {
        long some = given.aProduct().stock(7).onSale();
        long none = given.aProduct().stock(0).onSale();
        long campaign = given.aCampaign(100, 5);
        awaitNumbers(campaign, some, none);
        String wanted = "/live?products=" + none + "," + some + ",999999&campaigns=" + campaign + ",999999";
        long before = System.currentTimeMillis();
        try (LiveStream page = new LiveStream(port, wanted)) {
            Event clock = page.next();
            assertThat(clock.name()).isEqualTo("clock");
            assertThat(clock.json().get("now").longValue()).isBetween(before, System.currentTimeMillis());
            assertThat(page.next()).isEqualTo(new Event("stock", "{\"%d\":7,\"%d\":0}".formatted(some, none)));
            assertThat(page.next()).isEqualTo(new Event("campaigns", "{\"%d\":5}".formatted(campaign)));
            Event sale = page.next();
            assertThat(sale.name()).isEqualTo("sale");
            assertThat(sale.json().get("paused").booleanValue()).isFalse();
        }
    }

    @Test
    void goesOnWithWhatChangesAndWasAskedFor() {
        long watched = given.aProduct().stock(10).onSale();
        long untouched = given.aProduct().stock(10).onSale();
        long other = given.aProduct().stock(10).onSale();
        long campaign = given.aCampaign(100, 5);
        awaitNumbers(campaign, watched, untouched, other);
        try (LiveStream page =
                new LiveStream(port, "/live?products=" + watched + "," + untouched + "&campaigns=" + campaign)) {
            page.next("sale");
            long user = given.aUserWithBalance(10_000);
            client.must(Call.order(user, Call.line(other, 1)));
            client.must(Call.order(user, Call.line(watched, 3)));
            assertThat(page.next()).isEqualTo(new Event("stock", "{\"%d\":7}".formatted(watched)));
            client.must(Call.issue(user, campaign));
            assertThat(page.next()).isEqualTo(new Event("campaigns", "{\"%d\":4}".formatted(campaign)));
        }
    }

    @Test
    void tellsThatTheSaleIsPausedInTheOperatorsWords() {
        try (LiveStream page = new LiveStream(port, "/live")) {
            assertThat(page.next("sale").json().get("paused").booleanValue()).isFalse();
            pause(true, "정오에 \"다시\" 엽니다");
            Event paused = page.next();
            assertThat(paused.name()).isEqualTo("sale");
            assertThat(paused.json().get("paused").booleanValue()).isTrue();
            assertThat(paused.json().get("message").textValue()).isEqualTo("정오에 \"다시\" 엽니다");
            pause(false, "");
            assertThat(page.next("sale").json().get("paused").booleanValue()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,,2", "0", "-1", "01", "1%202", "x", "9007199254740992", "99999999999999999999", ","})
    void refusesWhatIsNoListOfIds(String ids) {
        for (String parameter : new String[] {"products", "campaigns"}) {
            Reply reply = new Wire(port).get("/live?" + parameter + "=" + ids);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.errors()).containsOnlyKeys("/" + parameter);
        }
    }

    @Test
    void refusesMoreIdsThanAPageShows() {
        String twenty = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20";
        assertThat(new Wire(port).get("/live?campaigns=" + twenty + ",21").errors())
                .containsExactly(Map.entry("/campaigns", "must be at most 20 positive integers separated by commas"));
        try (LiveStream page = new LiveStream(port, "/live?campaigns=" + twenty + ",20")) {
            assertThat(page.next().name()).isEqualTo("clock");
        }
    }

    @Test
    void whoAsksForTheHeadAloneGetsNoStream() {
        byte[] request = Wire.head("HEAD", "/live").getBytes(StandardCharsets.UTF_8);
        assertThat(new Wire(port).exchange(request).status()).isEqualTo(200);
    }

    @Test
    void saysThatNobodyMayKeepOrCollectIt() {
        try (LiveStream page = new LiveStream(port, "/live")) {
            assertThat(page.head())
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Type: text/event-stream")
                    .contains("Cache-Control: no-store")
                    .contains("X-Accel-Buffering: no");
        }
    }
}
