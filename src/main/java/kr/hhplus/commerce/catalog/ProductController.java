package kr.hhplus.commerce.catalog;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.database.BatchLoader;
import kr.hhplus.commerce.kernel.database.BatchLoaders;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.CachedResponse;
import kr.hhplus.commerce.web.response.ResponseCacheFilter;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/products")
@Access(AccessRule.PUBLIC)
class ProductController {

    private final BatchLoader<Long, Product> products;
    private final ProductList list;

    ProductController(BatchLoaders batchLoaders, Products products, ProductList list) {
        this.products = batchLoaders.open("product", ids -> products.findAll(ids).stream()
                .collect(Collectors.toMap(Product::productId, Function.identity())));
        this.list = list;
    }

    @GetMapping
    @CachedResponse
    MoneyPage<ListedProduct> list(
            @RequestParam(defaultValue = "") @CodePointLength(max = ProductDetails.NAME_MAX) String q,
            @RequestParam(defaultValue = "newest") String sort,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        ProductSort order = ProductSort.parse(sort)
                .orElseThrow(() -> new RefusedException(
                        InvalidRequest.at("/sort", "choice", "newest, price, -price, name, -name, stock, -stock")));
        ResponseCacheFilter.keepUntil(list.freshUntilNanos());
        return MoneyPage.of(list.page(q, order, PageRequest.of(cursor, size)));
    }

    @GetMapping("/{productId}")
    CompletableFuture<Product> product(@PathVariable @Id long productId) {
        return products.find(productId)
                .thenApply(found -> found.orElseThrow(() -> new RefusedException(new ProductNotFound(productId))));
    }
}
