package kr.hhplus.commerce.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Issues over HTTP: with and without a campaign, paused, sold out, repeated. */
@OnDatabase
@ServedShop
class IssuingModuleTests {

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    IssuingModuleTests(@LocalServerPort int port) {
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

    @BeforeEach
    void pauseWhatIsOpen() {
        jdbc.update("UPDATE campaign SET paused = TRUE");
    }

    private Call issue(long user) {
        return Call.post("/coupons/issue?userId=" + user, null);
    }

    @Test
    void takesTheOneCampaignThatIsOpen() {
        refused(issue(1), 404, "NO_OPEN_CAMPAIGN");
        long one = given.aCampaign(100, 1);
        assertThat(client.must(issue(1)).number("campaignId")).isEqualTo(one);
        refused(issue(1), 409, "COUPON_ALREADY_ISSUED");
        refused(issue(2), 409, "COUPON_SOLD_OUT");
        given.aCampaign(100, 1);
        refused(issue(2), 400, "CAMPAIGN_ID_REQUIRED");
        pauseWhatIsOpen();
        client.must(new Call("PATCH", "/admin/campaigns/" + one, Map.of("paused", true), null));
        refused(issue(2), 404, "NO_OPEN_CAMPAIGN");
        refused(Call.issue(2, one), 409, "CAMPAIGN_NOT_OPEN");
        refused(Call.issue(2, 999_999), 404, "CAMPAIGN_NOT_FOUND");
    }

    @Test
    void givesPlacesInLineWithoutGaps() {
        long campaign = given.aCampaign(100, 3);
        List<Long> places = new ArrayList<>();
        for (long user = 1; user <= 3; user++) {
            Call call = Call.issue(user, campaign).withKey("issue");
            Reply coupon = client.must(call);
            places.add(coupon.number("sequence"));
            refused(Call.issue(user, campaign), 409, "COUPON_ALREADY_ISSUED");
            assertThat(client.must(call).json()).isEqualTo(coupon.json());
        }
        assertThat(places).containsExactly(1L, 2L, 3L);
        refused(Call.issue(4, campaign), 409, "COUPON_SOLD_OUT");
        refused(Call.get("/coupons?userId=1&cursor=zzz"), 400, "INVALID_CURSOR");
    }
}
