package kr.hhplus.commerce.kernel.paging;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import kr.hhplus.commerce.kernel.Won;

/** One page of a list that carries money. The currency appears once, beside the items. */
public record MoneyPage<T>(
        List<T> items,
        String currency,
        @JsonInclude(JsonInclude.Include.ALWAYS) String nextCursor) {

    public static <T> MoneyPage<T> of(Page<T> page) {
        return new MoneyPage<>(page.items(), Won.CURRENCY, page.nextCursor());
    }
}
