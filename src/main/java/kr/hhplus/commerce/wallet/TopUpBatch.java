package kr.hhplus.commerce.wallet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import kr.hhplus.commerce.kernel.Won;

/** The state on which a batch of top-up commands is decided, under the locks of the balances, and its changes. */
final class TopUpBatch {

    private final BatchBalances balances;
    private final Map<Long, TopUp> topUps = new LinkedHashMap<>();
    private final Map<Long, TopUpRefund> refunds = new LinkedHashMap<>();
    private final List<Change<TopUp>> topUpChanges = new ArrayList<>();
    private final List<Change<TopUpRefund>> refundChanges = new ArrayList<>();

    /**
     * One changed row.
     *
     * @param before null for a new row
     */
    record Change<T>(T before, T after) {}

    /**
     * Creates a batch.
     *
     * @param topUps the top-ups that commands name; and all open ones, and all of the day, of users whose limits count
     * @param refunds all refunds of the top-ups of which commands settle one
     */
    TopUpBatch(BatchBalances balances, Collection<TopUp> topUps, Collection<TopUpRefund> refunds) {
        this.balances = balances;
        topUps.forEach(topUp -> this.topUps.put(topUp.id(), topUp));
        refunds.forEach(refund -> this.refunds.put(refund.id(), refund));
    }

    BatchBalances balances() {
        return balances;
    }

    Optional<TopUp> find(long topUpId, long userId) {
        return Optional.ofNullable(topUps.get(topUpId)).filter(topUp -> topUp.userId() == userId);
    }

    Optional<TopUpRefund> findRefund(long refundId) {
        return Optional.ofNullable(refunds.get(refundId));
    }

    /** Returns whether a refund of the top-up was paid back by this cancellation of the provider. */
    boolean hasCancelKey(long topUpId, String cancelKey) {
        return refunds.values().stream()
                .anyMatch(refund -> refund.topUpId() == topUpId && cancelKey.equals(refund.cancelKey()));
    }

    /** Returns the sum of a user's top-ups of which the predicate is true. */
    Won sum(long userId, Predicate<TopUp> which) {
        return topUps.values().stream()
                .filter(topUp -> topUp.userId() == userId)
                .filter(which)
                .map(TopUp::amount)
                .reduce(Won.ZERO, Won::plus);
    }

    TopUpChange save(TopUp after) {
        topUpChanges.add(new Change<>(topUps.put(after.id(), after), after));
        return TopUpChange.of(after);
    }

    TopUpChange save(TopUp after, TopUpRefund refund) {
        save(after);
        refundChanges.add(new Change<>(refunds.put(refund.id(), refund), refund));
        return new TopUpChange(after, refund, false);
    }

    TopUpChange save(TopUpRefund refund, TopUp unchanged) {
        refundChanges.add(new Change<>(refunds.put(refund.id(), refund), refund));
        return new TopUpChange(unchanged, refund, false);
    }

    List<Change<TopUp>> topUpChanges() {
        return topUpChanges;
    }

    List<Change<TopUpRefund>> refundChanges() {
        return refundChanges;
    }
}
