package kr.hhplus.commerce.promotion;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueue;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.kernel.AccountAges;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.ids.Ids;
import kr.hhplus.commerce.sale.SaleSwitch;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * Decides batches of coupon issues: locks their campaigns, assigns sequences in arrival order, and writes the coupons.
 * The queue commits once.
 */
@Service
class IssueBatchHandler {

    private final Campaigns campaigns;
    private final Coupons coupons;
    private final SaleSwitch sale;
    private final IdempotencyStore idempotencyStore;
    private final Ids ids;
    private final Clock clock;
    private final @Nullable AccountAges ages;
    private final CommandQueue<IssueCoupon, CommandResult<Coupon>> queue;

    IssueBatchHandler(
            Campaigns campaigns,
            Coupons coupons,
            SaleSwitch sale,
            IdempotencyStore idempotencyStore,
            Ids ids,
            Clock clock,
            ObjectProvider<AccountAges> ages,
            CommandQueues commandQueues) {
        this.campaigns = campaigns;
        this.coupons = coupons;
        this.sale = sale;
        this.idempotencyStore = idempotencyStore;
        this.ids = ids;
        this.clock = clock;
        this.ages = ages.getIfAvailable();
        this.queue = commandQueues.open("coupon", this::decideBatch, IdempotencyStore.rowsOf(this::rowsToLock));
    }

    /** A command without a campaign locks all open campaigns. */
    private List<Set<RowKey>> rowsToLock(List<IssueCoupon> commands) {
        List<Long> openCampaignIds = openCampaignIdsIfNeeded(commands);
        return commands.stream()
                .map(command -> command.campaignId() == null ? openCampaignIds : List.of(command.campaignId()))
                .map(campaignIds -> campaignIds.stream().map(Campaigns::rowOf).collect(Collectors.toSet()))
                .toList();
    }

    private List<Long> openCampaignIdsIfNeeded(List<IssueCoupon> commands) {
        return commands.stream().anyMatch(command -> command.campaignId() == null)
                ? campaigns.openAt(clock.instant())
                : List.of();
    }

    CompletableFuture<CommandResult<Coupon>> submit(IssueCoupon command) {
        return queue.submit(command);
    }

    private BatchResult<CommandResult<Coupon>> decideBatch(List<IssueCoupon> commands) {
        List<Long> openCampaignIds = openCampaignIdsIfNeeded(commands);
        IssueBatch batch = lock(commands, openCampaignIds);
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<CommandResult<Coupon>> results = new ArrayList<>(commands.size());
        for (IssueCoupon command : commands) {
            results.add(storedResults.replayOrDecide(
                    command, Coupon.class, () -> IssueRules.issue(command, batch, IdText.of(ids.next()), now)));
        }
        if (batch.issued().isEmpty()) {
            return BatchResult.nothingWritten(results);
        }
        coupons.insert(batch.issued());
        campaigns.saveIssued(batch.changed());
        idempotencyStore.save(storedResults, now);
        return new BatchResult<>(
                results, () -> coupons.isCommitted(batch.issued().get(0)));
    }

    private IssueBatch lock(List<IssueCoupon> commands, List<Long> openCampaignIds) {
        Set<Long> campaignIdsToLock = commands.stream()
                .map(IssueCoupon::campaignId)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        campaignIdsToLock.addAll(openCampaignIds);
        Map<Long, Campaign> locked = campaigns.lock(campaignIdsToLock);
        Set<Coupons.Holder> candidates = new HashSet<>();
        for (IssueCoupon command : commands) {
            List<Long> campaignIds = command.campaignId() == null ? openCampaignIds : List.of(command.campaignId());
            campaignIds.stream()
                    .filter(locked::containsKey)
                    .forEach(id -> candidates.add(new Coupons.Holder(id, command.userId())));
        }
        return new IssueBatch(
                locked,
                openCampaignIds,
                coupons.holdersAmong(candidates),
                accountsCreatedAt(candidates, locked),
                sale.refusalWhilePaused());
    }

    private Map<Long, Instant> accountsCreatedAt(Set<Coupons.Holder> candidates, Map<Long, Campaign> campaignsById) {
        if (ages == null) {
            return Map.of();
        }
        return ages.createdAt(candidates.stream()
                .filter(candidate -> campaignsById.get(candidate.campaignId()).minAccountAgeDays() != null)
                .map(Coupons.Holder::userId)
                .collect(Collectors.toSet()));
    }
}
