package kr.hhplus.commerce.order;

import java.util.LinkedHashMap;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;

/**
 * Refusals of orders that have fields. Those that a product or the sale switch causes are ProductRefusal and
 * SalePaused.
 */
sealed interface OrderRefusal extends Refusal {

    /** Why an order can no longer be cancelled, refunded or fulfilled, in order of precedence. */
    enum Cause {
        CANCELLED,
        REFUNDED,
        FULFILLED,
        TOO_LATE
    }

    /** The order can no longer be cancelled. FULFILLED and TOO_LATE bind the buyer, not an operator. */
    record OrderNotCancellable(Cause cause) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.ORDER_NOT_CANCELLABLE;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("cause", cause);
        }
    }

    /** No piece of the order can be refunded any more. FULFILLED and TOO_LATE bind the buyer, not an operator. */
    record OrderNotRefundable(Cause cause) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.ORDER_NOT_REFUNDABLE;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("cause", cause);
        }
    }

    /**
     * More pieces of a product would be refunded than the order has left.
     *
     * @param available pieces that can still be refunded; 0 for a product that is not in the order
     * @param cause REFUNDED if the order had as many pieces, before earlier refunds; otherwise null
     */
    record RefundExceedsOrder(
            long productId,
            long available,
            long required,
            @Nullable Cause cause) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.REFUND_EXCEEDS_ORDER;
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("productId", productId);
            fields.put("available", available);
            fields.put("required", required);
            if (cause != null) {
                fields.put("cause", cause);
            }
            return fields;
        }
    }

    /** An order without a paid piece cannot be fulfilled. */
    record OrderNotFulfillable(Cause cause) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.ORDER_NOT_FULFILLABLE;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("cause", cause);
        }
    }

    /** The product's sale window has not started or has ended. */
    record SaleNotOpen(long productId) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.SALE_NOT_OPEN;
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("productId", productId);
        }
    }

    /**
     * The user would exceed the product's purchase limit.
     *
     * @param available pieces that this user may still buy
     */
    record PurchaseLimitExceeded(long productId, long limit, long available, long required) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.PURCHASE_LIMIT_EXCEEDED;
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("productId", productId);
            fields.put("limit", limit);
            fields.put("available", available);
            fields.put("required", required);
            return fields;
        }
    }

    /** The total is below the coupon's minimum, or so small that the discount would be 0. */
    record CouponNotApplicable(Won available, Won required) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.COUPON_NOT_APPLICABLE;
        }

        @Override
        public Map<String, Object> fields() {
            return amounts(available, required);
        }
    }

    record InsufficientBalance(Won available, Won required) implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.INSUFFICIENT_BALANCE;
        }

        @Override
        public Map<String, Object> fields() {
            return amounts(available, required);
        }
    }

    /**
     * The reservation is no longer open. One code for all causes: a client that repeats a payment without its key, or
     * from a second tab, gets PAID and the order.
     *
     * @param cause why: it was paid, has expired or was released
     * @param orderId the order that paid it; null if none did
     */
    record ReservationExpired(
            Reservation.Status cause, @Nullable Long orderId) implements OrderRefusal {
        public ReservationExpired {
            if (cause == Reservation.Status.OPEN) {
                throw new IllegalArgumentException("an open reservation has not expired");
            }
        }

        @Override
        public ErrorCode code() {
            return ErrorCode.RESERVATION_EXPIRED;
        }

        @Override
        public Map<String, Object> fields() {
            return orderId == null ? Map.of("cause", cause) : Map.of("cause", cause, "orderId", IdText.of(orderId));
        }
    }

    /**
     * The user has too many open reservations, or too many pieces of a product would be held.
     *
     * @param productId null for the limit of a user
     */
    record ReservationLimitExceeded(@Nullable Long productId, long limit, long available, long required)
            implements OrderRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.RESERVATION_LIMIT_EXCEEDED;
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            if (productId != null) {
                fields.put("productId", productId);
            }
            fields.put("limit", limit);
            fields.put("available", available);
            fields.put("required", required);
            return fields;
        }
    }

    private static Map<String, Object> amounts(Won available, Won required) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("available", available);
        fields.put("required", required);
        return fields;
    }
}
