package kr.hhplus.commerce.wallet;

import java.util.LinkedHashMap;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;

/** Refusals of top-ups and of their refunds. */
public sealed interface TopUpRefusal extends Refusal {

    /** A refusal without further fields. */
    record Plain(ErrorCode code) implements TopUpRefusal {}

    TopUpRefusal TOP_UP_REQUIRED = new Plain(ErrorCode.TOP_UP_REQUIRED);
    TopUpRefusal TOP_UP_NOT_FOUND = new Plain(ErrorCode.TOP_UP_NOT_FOUND);
    TopUpRefusal TOP_UP_EXPIRED = new Plain(ErrorCode.TOP_UP_EXPIRED);
    TopUpRefusal TOP_UP_NOT_CANCELLABLE = new Plain(ErrorCode.TOP_UP_NOT_CANCELLABLE);

    /** The user's top-ups of the day would exceed the limit. {@code available} is what is left of it. */
    record TopUpLimitExceeded(Won limit, Won available, Won required) implements TopUpRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.TOP_UP_LIMIT_EXCEEDED;
        }

        @Override
        public Map<String, Object> fields() {
            return amounts("limit", limit, available, required);
        }
    }

    /** The balance is lower than the refund. */
    record InsufficientBalance(Won available, Won required) implements TopUpRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.INSUFFICIENT_BALANCE;
        }

        @Override
        public Map<String, Object> fields() {
            return amounts(null, null, available, required);
        }
    }

    /** The refund exceeds what is left of the top-up. */
    record RefundExceedsTopUp(Won available, Won required) implements TopUpRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.REFUND_EXCEEDS_TOP_UP;
        }

        @Override
        public Map<String, Object> fields() {
            return amounts(null, null, available, required);
        }
    }

    /** The client or the provider names another amount than the top-up has. */
    record AmountMismatch(Won required) implements TopUpRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.AMOUNT_MISMATCH;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("required", required);
        }
    }

    /** The provider has declined the payment for good. */
    record PaymentDeclined(String reason) implements TopUpRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.PAYMENT_DECLINED;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("reason", reason);
        }
    }

    private static Map<String, Object> amounts(String name, Won value, Won available, Won required) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (name != null) {
            fields.put(name, value);
        }
        fields.put("available", available);
        fields.put("required", required);
        return fields;
    }
}
