package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Getting a coupon on its page: the place in line, and every way not to get one. */
@ServedShop
class CouponPagesModuleTests {

    private final int port;
    private final Client client;
    private final Given given;

    CouponPagesModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new Client(URI.create("http://127.0.0.1:" + port));
        this.given = new Given(client);
    }

    @AfterEach
    void goOn() {
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", false), null));
    }

    private Visit visit(String language) {
        return Visit.asUser(port, given.aUser(), language);
    }

    private static String page(long campaign) {
        return "/shop/coupons/" + campaign;
    }

    private long aCampaign(Instant starts, Instant ends) {
        return client.must(Call.post(
                        "/admin/campaigns",
                        Map.of(
                                "name",
                                "Another time",
                                "discount",
                                Map.of("type", "PERCENT", "value", 10, "maxAmount", 5_000),
                                "minOrderAmount",
                                10_000,
                                "totalQuantity",
                                50,
                                "startsAt",
                                starts.toString(),
                                "endsAt",
                                ends.toString(),
                                "couponValidDays",
                                7)))
                .number("campaignId");
    }

    @Test
    void tellsThePlaceInLineInBothLanguages() {
        long campaign = given.aCampaign(500, 100);
        List<String> places = List.of("1st of 100", "2nd of 100", "3rd of 100", "4th of 100");
        for (String place : places) {
            Visit visit = visit("en");
            Reply done = visit.submit(visit.get(page(campaign)), page(campaign), Map.of());
            assertThat(done.status()).isEqualTo(303);
            assertThat(visit.follow(done).text()).contains("You got the coupon. " + place);
        }
        Visit visit = visit("ko");
        visit.submit(visit.get(page(campaign)), page(campaign), Map.of());
        assertThat(visit.get(page(campaign)).text()).contains("100명 중 5번째");
        assertThat(visit.get("/shop/coupons").text()).contains("사용 가능");
    }

    @Test
    void aSecondClickGetsTheSameCoupon() {
        long campaign = given.aCampaign(500, 100);
        Visit visit = visit("en");
        Map<String, String> form = Visit.filled(visit.get(page(campaign)), page(campaign), Map.of());

        List<CompletableFuture<Reply>> clicks = IntStream.range(0, 5)
                .mapToObj(click -> visit.postAsync(page(campaign), form))
                .toList();

        assertThat(clicks.stream().map(CompletableFuture::join))
                .allSatisfy(shown -> assertThat(shown.status()).isEqualTo(303));
        assertThat(visit.get(page(campaign)).text()).contains("1st of 100");
        assertThat(visit("en").get(page(campaign)).text()).contains("99 of 100 left");
    }

    @Test
    void isKindToWhoHasOneAlready() {
        long campaign = given.aCampaign(500, 100);
        Visit visit = visit("en");
        Reply before = visit.get(page(campaign));
        visit.submit(before, page(campaign), Map.of());

        Reply again = visit.submit(before, page(campaign), Map.of("key", "another-tab"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).contains("Coupon already issued").contains("1st of 100");
    }

    @Test
    void isKindToWhoComesTooLate() {
        long campaign = given.aCampaign(500, 1);
        Visit late = visit("ko");
        Reply before = late.get(page(campaign));
        client.must(Call.issue(given.aUser(), campaign));

        Reply refused = late.submit(before, page(campaign), Map.of());

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("쿠폰이 모두 소진되었습니다").contains("소진");
        assertThat(refused.tag("data-sells")).contains(" disabled");
    }

    @Test
    void opensAtTheCampaignsInstantAndNotBefore() {
        Instant starts = Instant.now().plus(Duration.ofHours(30));
        long campaign = aCampaign(starts, starts.plusSeconds(3600));
        Visit visit = visit("en");

        Reply page = visit.get(page(campaign));

        assertThat(page.tag("data-sells")).contains(" disabled").contains("data-open-at=\"" + starts.toEpochMilli());
        assertThat(page.tag("class=\"countdown\"")).contains("data-opens=\"" + starts.toEpochMilli());
        assertThat(page.text()).contains("10% off up to ₩5,000");
        Reply early = visit.submit(page, page(campaign), Map.of());
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.text()).contains("Coupons are issued only while the campaign is open.");
    }

    @Test
    void saysThatItIsOver() {
        long campaign = aCampaign(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2020-01-02T00:00:00Z"));
        Reply page = visit("en").get(page(campaign));
        assertThat(page.text()).contains("Ended on");
        assertThat(page.body()).doesNotContain("data-sells");
    }

    @Test
    void waitsWhileTheSaleIsPaused() {
        long campaign = given.aCampaign(500, 10);
        Visit visit = visit("en");
        Reply page = visit.get(page(campaign));
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", true, "message", "Five minutes"), null));

        assertThat(visit.get(page(campaign)).tag("data-sells")).contains(" disabled");
        Reply refused = visit.submit(page, page(campaign), Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("Five minutes");
    }

    @Test
    void answersWithAPageWhereThereIsNoSuchCampaign() {
        Reply page = visit("en").post("/shop/coupons/999999999", Map.of("key", "any"));
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.text()).contains("There is no such campaign.");
        assertThat(visit("en").post("/shop/coupons/0", Map.of("key", "any")).status())
                .isEqualTo(400);
    }
}
