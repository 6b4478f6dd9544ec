package kr.hhplus.commerce.catalog;

import java.util.Map;
import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Refusal;

/** There is no such product. */
public record ProductNotFound(long productId) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.PRODUCT_NOT_FOUND;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("productId", productId);
    }
}
