package kr.hhplus.commerce.catalog;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.catalog.ProductCommand.ChangeProduct;
import kr.hhplus.commerce.catalog.ProductCommand.CreateProduct;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/admin/products")
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class AdminProductController {

    private final ProductService productService;

    AdminProductController(ProductService productService) {
        this.productService = productService;
    }

    @PostMapping
    CompletableFuture<ResponseEntity<Product>> create(
            Caller caller,
            @Valid @RequestBody ProductDetails details,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key, "create product " + details);
        return Responses.created(
                productService.submit(new CreateProduct(details, caller.name(), idempotencyKey)),
                product -> URI.create("/products/" + product.productId()));
    }

    @PatchMapping(
            path = "/{productId}",
            consumes = {"application/merge-patch+json", MediaType.APPLICATION_JSON_VALUE})
    CompletableFuture<ResponseEntity<Product>> change(
            Caller caller, @PathVariable @Id long productId, @Valid @RequestBody ProductPatch patch) {
        return Responses.ok(productService.submit(new ChangeProduct(productId, patch, caller.name())));
    }

    @PostMapping("/{productId}/stock")
    CompletableFuture<ResponseEntity<Product>> adjust(
            Caller caller,
            @PathVariable @Id long productId,
            @Valid @RequestBody StockRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.ok(productService.submit(request.of(productId, caller, key)));
    }
}
