package kr.hhplus.commerce.campaign;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import kr.hhplus.commerce.campaign.CampaignCommand.ChangeCampaign;
import kr.hhplus.commerce.campaign.CampaignCommand.CreateCampaign;
import kr.hhplus.commerce.groupcommit.Decided;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.groupcommit.Lanes;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.hints.SignKind;
import kr.hhplus.commerce.hints.SoldOutSigns;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.idempotency.FirstAnswers;
import kr.hhplus.commerce.shared.problem.Refusal;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import org.springframework.stereotype.Service;

/** The operator's lane for campaigns. Rare, so each command locks and writes its own campaign, one after the other. */
@Service
public class CampaignChanges {

    private final Campaigns campaigns;
    private final FirstAnswers firstAnswers;
    private final SoldOutSigns signs;
    private final Trail trail;
    private final Clock clock;
    private final GroupCommit<CampaignCommand, Answer<Campaign>> lane;

    CampaignChanges(
            Campaigns campaigns, FirstAnswers firstAnswers, SoldOutSigns signs, Trail trail, Clock clock, Lanes lanes) {
        this.campaigns = campaigns;
        this.firstAnswers = firstAnswers;
        this.signs = signs;
        this.trail = trail;
        this.clock = clock;
        this.lane = lanes.open("campaign", this::decide, FirstAnswers.rowsOf(CampaignChanges::rowsOf));
    }

    private static List<Set<RowKey>> rowsOf(List<CampaignCommand> commands) {
        List<Set<RowKey>> rows = new ArrayList<>(commands.size());
        for (CampaignCommand command : commands) {
            Set<RowKey> ofCommand = new HashSet<>();
            if (command instanceof ChangeCampaign change) {
                ofCommand.add(Campaigns.rowOf(change.campaignId()));
            }
            rows.add(ofCommand);
        }
        return rows;
    }

    /** Does it, as soon as the lane comes to it. */
    public CompletableFuture<Answer<Campaign>> submit(CampaignCommand command) {
        // Whatever became of it, and before it is told: one campaign's change can decide which one is the open one.
        return lane.submit(command).whenComplete((answer, failure) -> signs.clear(SignKind.CAMPAIGN));
    }

    private Decided<Answer<Campaign>> decide(List<CampaignCommand> commands) {
        FirstAnswers.Known known = firstAnswers.lookUp(commands);
        Instant now = clock.instant();
        List<Campaign> created = new ArrayList<>();
        List<Answer<Campaign>> answers = new ArrayList<>(commands.size());
        for (CampaignCommand command : commands) {
            answers.add(known.answer(
                    command,
                    Campaign.class,
                    () -> command instanceof CreateCampaign create
                            ? create(create, now, created)
                            : change((ChangeCampaign) command)));
        }
        firstAnswers.save(known, now);
        // A patch alone leaves no row of its own to look for, and does no harm when it is applied twice.
        BooleanSupplier written = created.isEmpty()
                ? () -> false
                : () -> !campaigns.lock(Set.of(created.get(0).campaignId())).isEmpty();
        return new Decided<>(answers, written);
    }

    private Answer<Campaign> create(CreateCampaign command, Instant now, List<Campaign> created) {
        CampaignDetails details = command.details();
        Optional<Refusal> refusal = details.startsAt().isBefore(details.endsAt())
                ? CampaignRules.check(details.discount())
                : CampaignRules.endsTooEarly();
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        Campaign campaign = campaigns.insert(details, now);
        created.add(campaign);
        trail.writeChange(TrailKind.CAMPAIGN_CREATED, command.by(), name(campaign), null, campaign);
        return Answer.done(campaign);
    }

    private Answer<Campaign> change(ChangeCampaign command) {
        Campaign before = campaigns.lock(Set.of(command.campaignId())).get(command.campaignId());
        if (before == null) {
            return Answer.refused(new CampaignNotFound(command.campaignId()));
        }
        Campaign after = command.patch().applyTo(before);
        Optional<Refusal> refusal = CampaignRules.check(after);
        if (refusal.isPresent()) {
            return Answer.refused(refusal.get());
        }
        campaigns.update(after);
        trail.writeChange(TrailKind.CAMPAIGN_CHANGED, command.by(), name(after), before, after);
        return Answer.done(after);
    }

    private static String name(Campaign campaign) {
        return "campaign " + campaign.campaignId();
    }
}
