package kr.hhplus.commerce.sale;

import java.util.Map;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/** The operator has paused the sale, with an optional message to customers. */
public record SalePaused(String message) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.SALE_PAUSED;
    }

    @Override
    public Map<String, Object> fields() {
        return message == null ? Map.of() : Map.of("message", message);
    }
}
