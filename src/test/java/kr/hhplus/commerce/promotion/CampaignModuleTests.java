package kr.hhplus.commerce.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Campaigns over HTTP: what an operator may make of them, and what buyers see. */
@OnDatabase
@ServedShop
class CampaignModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    CampaignModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private Reply send(Call call) {
        return client.send(call);
    }

    private void refused(Call call, int status, String code) {
        Reply reply = send(call);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    private long balance(long user) {
        return client.must(Call.balance(user)).number("balance");
    }

    private static final Instant NOW = Instant.now();

    private static Map<String, Object> details(Map<String, ?> discount, int startsInSeconds, int endsInSeconds) {
        return Map.of(
                "name",
                "Campaign",
                "discount",
                discount,
                "minOrderAmount",
                0,
                "totalQuantity",
                5,
                "startsAt",
                NOW.plusSeconds(startsInSeconds).toString(),
                "endsAt",
                NOW.plusSeconds(endsInSeconds).toString(),
                "couponValidDays",
                7);
    }

    private static Call create(Map<String, ?> discount, int startsInSeconds, int endsInSeconds) {
        return Call.post("/admin/campaigns", details(discount, startsInSeconds, endsInSeconds));
    }

    private static Call patch(long campaign, String field, Object value) {
        Map<String, Object> patch = new HashMap<>();
        patch.put(field, value);
        return new Call("PATCH", "/admin/campaigns/" + campaign, patch, null);
    }

    @Test
    void refusesDiscountsThatMakeNoSense() {
        refused(create(Map.of("type", "PERCENT", "value", 101), -60, 60), 400, "INVALID_REQUEST");
        refused(create(Map.of("type", "FIXED", "value", 100, "maxAmount", 50), -60, 60), 400, "INVALID_REQUEST");
        refused(create(Map.of("type", "FIXED", "value", 0), -60, 60), 400, "INVALID_REQUEST");
        refused(create(Map.of("type", "FIXED", "value", 1), 60, 60), 400, "INVALID_REQUEST");
        client.must(create(Map.of("type", "PERCENT", "value", 100, "maxAmount", 50), -60, 60));
    }

    @Test
    void neverShrinksBelowWhatIsIssued() {
        long campaign = given.aCampaign(100, 5);
        for (long user = 1; user <= 2; user++) {
            client.must(Call.issue(user, campaign));
        }
        refused(patch(campaign, "totalQuantity", 1), 400, "INVALID_REQUEST");
        Reply changed = client.must(patch(campaign, "totalQuantity", 2));
        assertThat(changed.number("remaining")).isZero();
        assertThat(changed.number("issued")).isEqualTo(2);
        refused(Call.issue(3, campaign), 409, "COUPON_SOLD_OUT");
        client.must(patch(campaign, "totalQuantity", 3));
        client.must(patch(campaign, "paused", true));
        refused(Call.issue(3, campaign), 409, "CAMPAIGN_NOT_OPEN");
        client.must(patch(campaign, "paused", false));
        client.must(Call.issue(3, campaign));
        for (String field : List.of("name", "startsAt", "endsAt", "totalQuantity", "paused")) {
            refused(patch(campaign, field, null), 400, "INVALID_REQUEST");
        }
        refused(patch(campaign, "minOrderAmount", 1), 400, "INVALID_REQUEST");
        refused(patch(999_999, "paused", true), 404, "CAMPAIGN_NOT_FOUND");
    }

    @Test
    void showsWhatIsOpenNowOrSoon() {
        Map<String, Object> discount = Map.of("type", "FIXED", "value", 100);
        long soon = client.must(create(discount, 60, 120)).number("campaignId");
        long open = client.must(create(discount, -60, 60)).number("campaignId");
        long over = client.must(create(discount, -60, -1)).number("campaignId");
        long paused = client.must(create(discount, -60, 60)).number("campaignId");
        client.must(patch(paused, "paused", true));
        List<Long> shown = client.all("/campaigns").stream()
                .map(campaign -> campaign.get("campaignId").longValue())
                .toList();
        assertThat(shown).contains(soon, open).doesNotContain(over, paused);
        assertThat(shown.indexOf(open)).isLessThan(shown.indexOf(soon));
        refused(Call.issue(1, soon), 409, "CAMPAIGN_NOT_OPEN");
        refused(Call.issue(1, over), 409, "CAMPAIGN_NOT_OPEN");
        refused(Call.get("/campaigns?cursor=zzz"), 400, "INVALID_CURSOR");
    }
}
