package kr.hhplus.bench.baseline;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** The body of an order, as the contract has it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record OrderRequest(long userId, List<Item> items) {

    record Item(long productId, long quantity) {}
}
