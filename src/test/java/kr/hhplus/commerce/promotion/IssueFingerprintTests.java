package kr.hhplus.commerce.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Stored idempotency keys have fingerprints of these texts, so a release must not change them. */
class IssueFingerprintTests {

    @Test
    void namesTheCampaign() {
        assertThat(CouponService.fingerprinted(7, 3L)).isEqualTo("issue IssueRequest[userId=7, campaignId=3]");
    }

    @Test
    void namesNoCampaign() {
        assertThat(CouponService.fingerprinted(7, null)).isEqualTo("issue IssueRequest[userId=7, campaignId=null]");
    }

    @Test
    void isTheTextOfEarlierReleases() {
        assertThat(CouponService.fingerprinted(7, 3L)).isEqualTo("issue " + new IssueRequest(7L, 3L));
    }
}
