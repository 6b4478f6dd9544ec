package kr.hhplus.commerce.promotion;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.Optional;
import kr.hhplus.commerce.kernel.json.Patch;
import kr.hhplus.commerce.kernel.text.Visible;
import org.hibernate.validator.constraints.CodePointLength;

/** A JSON Merge Patch (RFC 7396) of a campaign: absent fields stay; no field can be removed. */
public record CampaignPatch(
        Optional<@Visible @CodePointLength(max = CampaignDetails.NAME_MAX) String> name,
        Optional<Instant> startsAt,
        Optional<Instant> endsAt,
        Optional<@Min(1) @Max(CampaignDetails.QUANTITY_MAX) Long> totalQuantity,
        Optional<Boolean> paused) {

    public CampaignPatch {
        Patch.requireNotRemoved(name, "/name");
        Patch.requireNotRemoved(startsAt, "/startsAt");
        Patch.requireNotRemoved(endsAt, "/endsAt");
        Patch.requireNotRemoved(totalQuantity, "/totalQuantity");
        Patch.requireNotRemoved(paused, "/paused");
    }

    Campaign applyTo(Campaign campaign) {
        return campaign.with(
                Patch.apply(name, campaign.name()),
                Patch.apply(totalQuantity, campaign.totalQuantity()),
                campaign.issued(),
                Patch.apply(startsAt, campaign.startsAt()),
                Patch.apply(endsAt, campaign.endsAt()),
                Patch.apply(paused, campaign.paused()));
    }
}
