package kr.hhplus.commerce.console;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kr.hhplus.commerce.promotion.Campaign;
import kr.hhplus.commerce.promotion.CampaignDetails;
import kr.hhplus.commerce.promotion.CampaignPatch;
import kr.hhplus.commerce.promotion.Discount;

/**
 * A campaign's changeable fields, and their values when the form was shown; see {@link ProductForm}.
 *
 * @param was the values when the form was shown; null in those
 */
record CampaignForm(String name, Long totalQuantity, Instant startsAt, Instant endsAt, CampaignForm was) {

    private static final CampaignForm EMPTY = new CampaignForm(null, null, null, null, null);

    static CampaignForm of(Campaign campaign) {
        CampaignForm shown = new CampaignForm(
                campaign.name(), campaign.totalQuantity(), campaign.startsAt(), campaign.endsAt(), null);
        return new CampaignForm(shown.name, shown.totalQuantity, shown.startsAt, shown.endsAt, shown);
    }

    /** A new campaign's defaults: one hour, from the next full hour on. */
    static CampaignDetails defaults(Instant now) {
        Instant start = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Discount discount = new Discount(Discount.Type.FIXED, null, null);
        return new CampaignDetails(null, discount, 0L, null, start, start.plus(Duration.ofHours(1)), 30, null, null);
    }

    /**
     * Returns the changed fields.
     *
     * @throws kr.hhplus.commerce.kernel.RefusedException INVALID_REQUEST if a field was emptied
     */
    CampaignPatch patch() {
        CampaignForm before = was == null ? EMPTY : was;
        return new CampaignPatch(
                ProductForm.changed(name, before.name),
                ProductForm.changed(startsAt, before.startsAt),
                ProductForm.changed(endsAt, before.endsAt),
                ProductForm.changed(totalQuantity, before.totalQuantity),
                null);
    }
}
