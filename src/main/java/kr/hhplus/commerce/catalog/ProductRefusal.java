package kr.hhplus.commerce.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/** Refusals because of a product, independent of the buyer. */
public sealed interface ProductRefusal extends Refusal {

    long productId();

    @Override
    default Map<String, Object> fields() {
        return Map.of("productId", productId());
    }

    record ProductNotFound(long productId) implements ProductRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.PRODUCT_NOT_FOUND;
        }
    }

    /** The order has more pieces than are left. */
    record InsufficientStock(long productId, long available, long required) implements ProductRefusal {
        @Override
        public ErrorCode code() {
            return ErrorCode.INSUFFICIENT_STOCK;
        }

        @Override
        public Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("productId", productId);
            fields.put("available", available);
            fields.put("required", required);
            return fields;
        }
    }
}
