package kr.hhplus.commerce.catalog;

import java.util.LinkedHashMap;
import java.util.Map;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Refusal;

/** More pieces are wanted of a product than are left to buy. */
public record InsufficientStock(long productId, long available, long required) implements Refusal {

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
