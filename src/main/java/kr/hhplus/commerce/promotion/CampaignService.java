package kr.hhplus.commerce.promotion;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueue;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.promotion.CampaignCommand.ChangeCampaign;
import kr.hhplus.commerce.promotion.CampaignCommand.CreateCampaign;
import kr.hhplus.commerce.soldout.SoldOutCacheRegistry;
import kr.hhplus.commerce.soldout.SoldOutType;
import org.springframework.stereotype.Service;

/** Creates and changes campaigns. These commands are rare, so each locks and writes its campaign alone. */
@Service
public class CampaignService {

    private final Campaigns campaigns;
    private final IdempotencyStore idempotencyStore;
    private final SoldOutCacheRegistry soldOutCacheRegistry;
    private final AuditLog auditLog;
    private final Clock clock;
    private final CommandQueue<CampaignCommand, CommandResult<Campaign>> queue;

    CampaignService(
            Campaigns campaigns,
            IdempotencyStore idempotencyStore,
            SoldOutCacheRegistry soldOutCacheRegistry,
            AuditLog auditLog,
            Clock clock,
            CommandQueues commandQueues) {
        this.campaigns = campaigns;
        this.idempotencyStore = idempotencyStore;
        this.soldOutCacheRegistry = soldOutCacheRegistry;
        this.auditLog = auditLog;
        this.clock = clock;
        this.queue =
                commandQueues.open("campaign", this::decideBatch, IdempotencyStore.rowsOf(CampaignService::rowsToLock));
    }

    private static List<Set<RowKey>> rowsToLock(List<CampaignCommand> commands) {
        List<Set<RowKey>> rows = new ArrayList<>(commands.size());
        for (CampaignCommand command : commands) {
            Set<RowKey> rowsOfCommand = new HashSet<>();
            if (command instanceof ChangeCampaign change) {
                rowsOfCommand.add(Campaigns.rowOf(change.campaignId()));
            }
            rows.add(rowsOfCommand);
        }
        return rows;
    }

    /** Submits a command to the queue. */
    public CompletableFuture<CommandResult<Campaign>> submit(CampaignCommand command) {
        // Before any result is returned, also after a failure: any change may affect which campaign is the only open
        // one.
        return queue.submit(command)
                .whenComplete((result, failure) -> soldOutCacheRegistry.invalidateAll(SoldOutType.CAMPAIGN));
    }

    private BatchResult<CommandResult<Campaign>> decideBatch(List<CampaignCommand> commands) {
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<Campaign> created = new ArrayList<>();
        List<CommandResult<Campaign>> results = new ArrayList<>(commands.size());
        for (CampaignCommand command : commands) {
            results.add(storedResults.replayOrDecide(
                    command,
                    Campaign.class,
                    () -> command instanceof CreateCampaign create
                            ? create(create, now, created)
                            : change((ChangeCampaign) command)));
        }
        idempotencyStore.save(storedResults, now);
        // A patch inserts no row that a retry could find. Applying it twice has the same effect as once.
        BooleanSupplier written = created.isEmpty()
                ? () -> false
                : () -> !campaigns.lock(Set.of(created.get(0).campaignId())).isEmpty();
        return new BatchResult<>(results, written);
    }

    private CommandResult<Campaign> create(CreateCampaign command, Instant now, List<Campaign> created) {
        CampaignDetails details = command.details();
        Optional<Refusal> refusal = details.startsAt().isBefore(details.endsAt())
                ? CampaignRules.check(details.discount())
                : CampaignRules.endsBeforeStart();
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        Campaign campaign = campaigns.insert(details, now);
        created.add(campaign);
        auditLog.writeChange(AuditLogAction.CAMPAIGN_CREATED, command.operator(), name(campaign), null, campaign);
        return CommandResult.done(campaign);
    }

    private CommandResult<Campaign> change(ChangeCampaign command) {
        Campaign before = campaigns.lock(Set.of(command.campaignId())).get(command.campaignId());
        if (before == null) {
            return CommandResult.refused(new CampaignNotFound(command.campaignId()));
        }
        Campaign after = command.patch().applyTo(before);
        Optional<Refusal> refusal = CampaignRules.check(after);
        if (refusal.isPresent()) {
            return CommandResult.refused(refusal.get());
        }
        campaigns.update(after);
        auditLog.writeChange(AuditLogAction.CAMPAIGN_CHANGED, command.operator(), name(after), before, after);
        return CommandResult.done(after);
    }

    private static String name(Campaign campaign) {
        return "campaign " + campaign.campaignId();
    }
}
