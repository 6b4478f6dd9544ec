package kr.hhplus.commerce.payment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.payment.JdbcSandbox.Row;
import kr.hhplus.commerce.payment.JdbcSandbox.Status;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;

/**
 * A provider that moves no money, for development and demonstrations. The payment key says how it behaves: it contains
 * the name of a {@link Behaviour}, as {@code sandbox-decline}; the sandbox's page offers them all.
 */
final class SandboxPayments implements PaymentProvider {

    static final String NAME = "sandbox";

    private static final Pattern KEY = Pattern.compile("sandbox-([a-z-]+)");
    private static final int UNKNOWN_ANSWERS = 3;

    private final JdbcSandbox memory;

    /** How the sandbox behaves towards one payment. */
    enum Behaviour {
        APPROVE,
        DECLINE,
        /** The payment is made, but the answer is lost. */
        TIME_OUT,
        /** The first confirmation is lost, and no payment is made by it. */
        LOST,
        /** The payment is made, but the next questions about it are not answered either. */
        DELAY,
        /** The payment is made; its refunds are refused. */
        REFUSE_REFUND,
        /** The payment is made; a refund is paid back, but the answer is lost. */
        REFUND_TIME_OUT,
        /** The payment is made, of another amount than the top-up's. */
        OTHER_AMOUNT;

        /** Returns what a payment key asks for; DECLINE for an unknown one. */
        static Behaviour of(String paymentKey) {
            Matcher key = KEY.matcher(paymentKey);
            return Arrays.stream(values())
                    .filter(behaviour -> key.matches() && behaviour.suffix().equals(key.group(1)))
                    .findFirst()
                    .orElse(DECLINE);
        }

        String suffix() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    SandboxPayments(JdbcSandbox memory) {
        this.memory = memory;
    }

    static List<String> behaviours() {
        return Arrays.stream(Behaviour.values()).map(Behaviour::suffix).toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Checkout checkout(TopUp topUp) {
        String id = IdText.of(topUp.id());
        return new Checkout("/shop/sandbox/" + id, null, id, "Top-up");
    }

    @Override
    public Payment confirm(TopUp topUp, int requestNo) {
        Behaviour behaviour = Behaviour.of(topUp.paymentKey());
        Status status =
                switch (behaviour) {
                    case DECLINE -> Status.FAILED;
                    case LOST -> Status.OPEN;
                    default -> Status.DONE;
                };
        Won amount = behaviour == Behaviour.OTHER_AMOUNT ? topUp.amount().plus(Won.of(1)) : topUp.amount();
        boolean first = memory.insert(topUp, amount, status, behaviour == Behaviour.DELAY ? UNKNOWN_ANSWERS : 0);
        if (first && (behaviour == Behaviour.TIME_OUT || behaviour == Behaviour.LOST)) {
            throw new ProviderUnavailableException("the sandbox's answer was lost");
        }
        if (!first) {
            memory.pay(topUp.id());
        }
        return find(topUp);
    }

    @Override
    public Payment find(TopUp topUp) {
        Optional<Row> found = memory.find(topUp.id());
        if (found.isEmpty()) {
            // The buyer's choice on the sandbox's page authorizes the payment; the confirmation begins it.
            return topUp.paymentKey() == null ? Payment.ABSENT : Payment.open(topUp.paymentKey());
        }
        Row row = found.get();
        if (row.unknownAnswers() > 0) {
            memory.countUnknownAnswer(topUp.id());
            throw new ProviderUnavailableException("the sandbox delays its answer");
        }
        return switch (row.status()) {
            case DONE -> Payment.done(topUp, row.paymentKey(), row.amount(), row.approvedAt());
            case OPEN -> Payment.open(row.paymentKey());
            case FAILED -> Payment.failed("declined in the sandbox");
            case CANCELLED -> Payment.CANCELLED;
        };
    }

    @Override
    public RefundOutcome refund(TopUp topUp, TopUpRefund refund, int requestNo, Set<String> takenKeys) {
        Behaviour behaviour = Behaviour.of(topUp.paymentKey());
        if (behaviour == Behaviour.REFUSE_REFUND) {
            return new RefundOutcome.Refused("refused in the sandbox");
        }
        boolean first = memory.insertCancel(refund);
        if (first && behaviour == Behaviour.REFUND_TIME_OUT) {
            throw new ProviderUnavailableException("the sandbox's answer was lost");
        }
        return new RefundOutcome.Done(memory.cancelledAt(refund.id()), IdText.of(refund.id()));
    }

    @Override
    public void cancel(TopUp topUp, Payment payment, String reason) {
        memory.cancel(topUp.id());
    }

    /** The sandbox's webhooks look like those of Toss Payments. */
    @Override
    public OptionalLong topUpOf(JsonNode webhook) {
        return TossPayments.orderIdIn(webhook);
    }

    @Override
    public List<ProviderTransaction> transactions(LocalDate day) {
        return memory.transactions(day);
    }
}
