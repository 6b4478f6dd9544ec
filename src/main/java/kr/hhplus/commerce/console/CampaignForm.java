package kr.hhplus.commerce.console;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import kr.hhplus.commerce.pages.FormTimes;
import kr.hhplus.commerce.promotion.Campaign;
import kr.hhplus.commerce.promotion.CampaignDetails;
import kr.hhplus.commerce.promotion.CampaignPatch;
import org.springframework.stereotype.Component;

/** Campaigns as forms have them: what is typed for a new one, and each button's change to one that there is. */
@Component
class CampaignForm {

    private final Forms forms;
    private final FormTimes times;

    CampaignForm(Forms forms, FormTimes times) {
        this.forms = forms;
        this.times = times;
    }

    /** What most campaigns are like: an hour from the next full one on. */
    static Map<String, String> blank(Instant now, FormTimes times) {
        Instant start = now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Map<String, String> form = FormAnswers.blank();
        form.put("discount.type", "FIXED");
        form.put("minOrderAmount", "0");
        form.put("couponValidDays", "30");
        form.put("startsAt", times.typed(start));
        form.put("endsAt", times.typed(start.plus(Duration.ofHours(1))));
        return form;
    }

    CampaignDetails details(Map<String, String> typed, HttpServletRequest request) {
        TypedForm form = forms.of(typed)
                .texts("name", "discount.type")
                .numbers("discount.value", "discount.maxAmount", "minOrderAmount", "totalQuantity", "couponValidDays")
                .times("startsAt", "endsAt");
        return forms.read(form, CampaignDetails.class, request);
    }

    Map<String, String> of(Campaign campaign) {
        Map<String, String> form = new HashMap<>();
        form.put("name", campaign.name());
        form.put("totalQuantity", String.valueOf(campaign.totalQuantity()));
        form.put("startsAt", times.typed(campaign.startsAt()));
        form.put("endsAt", times.typed(campaign.endsAt()));
        return form;
    }

    /** What a button means; each says where to be, not how far to go, so that a second press changes nothing more. */
    CampaignPatch patch(Map<String, String> typed, Instant now, HttpServletRequest request) {
        return switch (typed.getOrDefault("action", "")) {
            case "open" -> patch(Optional.of(now.truncatedTo(ChronoUnit.MILLIS)), Optional.of(false));
            case "pause" -> patch(null, Optional.of(true));
            case "resume" -> patch(null, Optional.of(false));
            default ->
                forms.read(
                        forms.of(typed).texts("name").numbers("totalQuantity").times("startsAt", "endsAt"),
                        CampaignPatch.class,
                        request);
        };
    }

    private static CampaignPatch patch(Optional<Instant> startsAt, Optional<Boolean> paused) {
        return new CampaignPatch(null, startsAt, null, null, paused);
    }
}
