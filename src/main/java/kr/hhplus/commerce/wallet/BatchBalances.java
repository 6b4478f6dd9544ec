package kr.hhplus.commerce.wallet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.wallet.LedgerEntry.Type;

/**
 * The balances of one batch, in memory: locked, or read for a quote. Each change becomes a ledger entry, and later
 * commands of the batch see it. A negative balance is a broken invariant and throws.
 */
public final class BatchBalances {

    private final Map<Long, Account> accounts;
    private final LongSupplier ids;
    private final List<LedgerEntry> entries = new ArrayList<>();

    /**
     * Creates the balances of a batch.
     *
     * @param accounts by user; a missing one is empty
     */
    public BatchBalances(Map<Long, Account> accounts, LongSupplier ids) {
        this.accounts = new HashMap<>(accounts);
        this.ids = ids;
    }

    /** A balance and the number of its ledger entries. */
    public record Account(Won balance, long entries) {
        static final Account EMPTY = new Account(Won.ZERO, 0);
    }

    public Won balanceOf(long userId) {
        return accounts.getOrDefault(userId, Account.EMPTY).balance();
    }

    public LedgerEntry charge(long userId, Won amount, Instant at) {
        return addEntry(userId, Type.CHARGE, amount, null, null, at);
    }

    public LedgerEntry pay(long userId, Won amount, long orderId, Instant at) {
        return addEntry(userId, Type.PAYMENT, amount.negated(), orderId, null, at);
    }

    public LedgerEntry refund(long userId, Won amount, long orderId, Instant at) {
        return addEntry(userId, Type.REFUND, amount, orderId, null, at);
    }

    LedgerEntry topUp(long userId, Won amount, long topUpId, Instant at) {
        return addEntry(userId, Type.TOP_UP, amount, null, topUpId, at);
    }

    LedgerEntry debitTopUpRefund(long userId, Won amount, long refundId, Instant at) {
        return addEntry(userId, Type.TOP_UP_REFUND, amount.negated(), null, refundId, at);
    }

    LedgerEntry returnTopUpRefund(long userId, Won amount, long refundId, Instant at) {
        return addEntry(userId, Type.TOP_UP_REFUND, amount, null, refundId, at);
    }

    private LedgerEntry addEntry(long userId, Type type, Won amount, Long orderId, Long paymentId, Instant at) {
        Account before = accounts.getOrDefault(userId, Account.EMPTY);
        Account after = new Account(before.balance().plus(amount), before.entries() + 1);
        if (after.balance().isLessThan(Won.ZERO)) {
            throw new IllegalStateException("the balance of user " + userId + " would become " + after.balance());
        }
        LedgerEntry entry = new LedgerEntry(
                ids.getAsLong(), userId, after.entries(), type, amount, after.balance(), orderId, paymentId, at);
        accounts.put(userId, after);
        entries.add(entry);
        return entry;
    }

    /** Returns the new ledger entries, in order. */
    public List<LedgerEntry> entries() {
        return entries;
    }
}
