package kr.hhplus.commerce.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** A campaign that is sold out and has its sign up: the answers are those of the lane, and end when there are more. */
@OnDatabase
@ServedShop
class SoldOutCampaignModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private MeterRegistry metrics;

    @Autowired
    private JdbcTemplate jdbc;

    SoldOutCampaignModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    @BeforeEach
    void pauseWhatIsOpen() {
        jdbc.update("UPDATE campaign SET paused = TRUE");
    }

    private double early() {
        return metrics.get("commerce.soldout.cache.refusals")
                .tag("kind", "campaign")
                .counter()
                .count();
    }

    private void refused(Call call, String code) {
        assertThat(client.send(call).code()).isEqualTo(code);
    }

    private void awaitSign(Call call) {
        Reply lanes = client.send(call);
        assertThat(lanes.code()).isEqualTo("COUPON_SOLD_OUT");
        Awaitility.await().until(() -> {
            double before = early();
            assertThat(client.send(call).json()).isEqualTo(lanes.json());
            return early() > before;
        });
    }

    private void change(long campaign, Map<String, Object> patch) {
        client.must(new Call("PATCH", "/admin/campaigns/" + campaign, patch, null));
    }

    private void pauseSale(boolean paused) {
        client.must(new Call("PUT", "/admin/sale", Map.of("paused", paused), null));
    }

    @Test
    void issuesAgainAtOnceWhenThereAreMoreAndStillKnowsEveryHolder() {
        long campaign = given.aCampaign(100, 1);
        long total = 1;
        for (int round = 0; round < 3; round++) {
            long holder = given.aUser();
            client.must(Call.issue(holder, campaign));
            awaitSign(Call.issue(given.aUser(), campaign));
            refused(Call.issue(holder, campaign), "COUPON_ALREADY_ISSUED");
            change(campaign, Map.of("totalQuantity", ++total));
        }
        assertThat(client.must(Call.issue(given.aUser(), campaign)).number("sequence"))
                .isEqualTo(total);
    }

    @Test
    void answersWhatComesFirst() {
        long campaign = given.aCampaign(100, 1);
        long holder = given.aUser();
        Call issue = Call.issue(holder, campaign).withKey("first");
        Reply coupon = client.must(issue);
        Call late = Call.issue(given.aUser(), campaign);
        awaitSign(late);
        assertThat(client.must(issue).json()).isEqualTo(coupon.json());
        refused(Call.post("/coupons/issue?userId=" + holder, null).withKey("first"), "IDEMPOTENCY_KEY_REUSED");
        pauseSale(true);
        refused(late, "SALE_PAUSED");
        pauseSale(false);
        awaitSign(late);
        change(campaign, Map.of("paused", true));
        refused(late, "CAMPAIGN_NOT_OPEN");
        change(campaign, Map.of("paused", false));
        awaitSign(late.withKey("never-seen"));
    }

    @Test
    void answersForTheOneOpenCampaignUntilThereAreTwo() {
        long campaign = given.aCampaign(100, 1);
        long holder = given.aUser();
        client.must(Call.issue(holder, campaign));
        Call unnamed = Call.post("/coupons/issue?userId=" + given.aUser(), null);
        awaitSign(unnamed);
        refused(Call.post("/coupons/issue?userId=" + holder, null), "COUPON_ALREADY_ISSUED");
        long second = given.aCampaign(100, 1);
        refused(unnamed, "CAMPAIGN_ID_REQUIRED");
        change(campaign, Map.of("paused", true));
        assertThat(client.must(unnamed).number("campaignId")).isEqualTo(second);
    }
}
