package kr.hhplus.commerce.payment;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;
import kr.hhplus.commerce.wallet.TopUpService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Compares a day of the payment provider, line by line, with the top-ups and refunds in the books. */
@Service
public class PaymentReconciliation {

    private static final Logger log = LoggerFactory.getLogger(PaymentReconciliation.class);

    private final TopUpService topUps;
    private final PaymentProviders providers;

    PaymentReconciliation(TopUpService topUps, PaymentProviders providers) {
        this.topUps = topUps;
        this.providers = providers;
    }

    /** Whether money came in or was paid back. */
    public enum Kind {
        PAYMENT,
        REFUND
    }

    /**
     * One payment or refund.
     *
     * @param topUpId as the provider has it
     * @param at the provider's time; of the books where the provider has no such line
     * @param providerAmount null if the provider does not list it on this day
     * @param ledgerAmount null if the books do not have it on this day
     * @param ok whether both have it with the same amount
     */
    public record Line(
            String topUpId,
            Kind kind,
            Instant at,
            @Nullable Won providerAmount,
            @Nullable Won ledgerAmount,
            boolean ok) {

        /** Returns an amount of this line as it changes the total: negative for a refund. */
        public Won signed(Won amount) {
            return kind == Kind.PAYMENT ? amount : amount.negated();
        }
    }

    /** The lines of a day. {@code ok}: whether all lines are. */
    public record Report(
            LocalDate date,
            String provider,
            boolean ok,
            Won providerTotal,
            Won ledgerTotal,
            String currency,
            List<Line> lines) {}

    private record Key(String topUpId, Kind kind, long amount) {}

    private record Booked(Key key, Instant at) {}

    /**
     * Asks the provider for a day and compares. Takes as long as the provider does.
     *
     * @param date the day in Asia/Seoul
     * @throws RefusedException UNAVAILABLE if the provider does not answer
     */
    public Report compare(LocalDate date) {
        PaymentProvider provider = providers.choose(null);
        Map<Key, List<Booked>> booked = new HashMap<>();
        bookedOn(date, provider.name()).forEach(entry -> booked.computeIfAbsent(entry.key(), key -> new ArrayList<>())
                .add(entry));
        List<Line> lines = new ArrayList<>();
        Won providerTotal = Won.ZERO;
        Won ledgerTotal = Won.ZERO;
        for (ProviderTransaction transaction : transactions(provider, date)) {
            Kind kind = transaction.refund() ? Kind.REFUND : Kind.PAYMENT;
            List<Booked> same = booked.getOrDefault(
                    new Key(transaction.orderId(), kind, transaction.amount().amount()), new ArrayList<>());
            Won inTheBooks = same.isEmpty() ? null : transaction.amount();
            if (!same.isEmpty()) {
                same.remove(same.size() - 1);
                ledgerTotal = add(ledgerTotal, kind, inTheBooks);
            }
            providerTotal = add(providerTotal, kind, transaction.amount());
            lines.add(new Line(
                    transaction.orderId(),
                    kind,
                    transaction.at(),
                    transaction.amount(),
                    inTheBooks,
                    inTheBooks != null));
        }
        for (List<Booked> rest : booked.values()) {
            for (Booked entry : rest) {
                Won amount = Won.of(entry.key().amount());
                ledgerTotal = add(ledgerTotal, entry.key().kind(), amount);
                lines.add(new Line(entry.key().topUpId(), entry.key().kind(), entry.at(), null, amount, false));
            }
        }
        lines.sort(Comparator.comparing(Line::at).thenComparing(Line::topUpId));
        boolean ok = lines.stream().allMatch(Line::ok);
        return new Report(date, provider.name(), ok, providerTotal, ledgerTotal, Won.CURRENCY, lines);
    }

    private static List<ProviderTransaction> transactions(PaymentProvider provider, LocalDate date) {
        try {
            return provider.transactions(date);
        } catch (ProviderUnavailableException e) {
            log.warn("the transactions of {} cannot be read: {}", date, e.toString());
            throw new RefusedException(Refusal.of(ErrorCode.UNAVAILABLE));
        }
    }

    private static Won add(Won total, Kind kind, Won amount) {
        return kind == Kind.PAYMENT ? total.plus(amount) : total.minus(amount);
    }

    private List<Booked> bookedOn(LocalDate date, String provider) {
        Instant from = date.atStartOfDay(TopUp.DAY_ZONE).toInstant();
        Instant to = date.plusDays(1).atStartOfDay(TopUp.DAY_ZONE).toInstant();
        List<Booked> booked = new ArrayList<>();
        for (TopUp topUp : topUps.approvedBetween(provider, from, to)) {
            Key key =
                    new Key(IdText.of(topUp.id()), Kind.PAYMENT, topUp.amount().amount());
            booked.add(new Booked(key, topUp.approvedAt()));
        }
        for (TopUpRefund refund : topUps.completedBetween(provider, from, to)) {
            Key key = new Key(
                    IdText.of(refund.topUpId()), Kind.REFUND, refund.amount().amount());
            booked.add(new Booked(key, refund.completedAt()));
        }
        return booked;
    }
}
