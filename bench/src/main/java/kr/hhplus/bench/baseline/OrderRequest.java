package kr.hhplus.bench.baseline;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** The request body of an order. */
@JsonIgnoreProperties(ignoreUnknown = true)
record OrderRequest(long userId, List<Item> items) {

    record Item(long productId, long quantity) {}
}
