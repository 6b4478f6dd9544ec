package kr.hhplus.bench.baseline;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The benchmarked operations, on the service's paths. */
@RestController
class PlainController {

    private final PlainOrders orders;
    private final PlainWallets wallets;
    private final PlainCoupons coupons;
    private final PlainReads reads;

    PlainController(PlainOrders orders, PlainWallets wallets, PlainCoupons coupons, PlainReads reads) {
        this.orders = orders;
        this.wallets = wallets;
        this.coupons = coupons;
        this.reads = reads;
    }

    record ChargeRequest(long userId, long amount) {}

    record IssueRequest(long userId, long campaignId) {}

    @PostMapping("/orders")
    ResponseEntity<PlainOrders.Order> order(@RequestBody OrderRequest request) {
        return ResponseEntity.status(HttpStatus.CREATED).body(orders.place(request));
    }

    @PostMapping("/balance/charge")
    Map<String, Object> charge(@RequestBody ChargeRequest request) {
        return wallets.charge(request.userId(), request.amount());
    }

    @PostMapping("/coupons/issue")
    ResponseEntity<Map<String, Object>> issue(@RequestBody IssueRequest request) {
        return ResponseEntity.status(HttpStatus.CREATED).body(coupons.issue(request.userId(), request.campaignId()));
    }

    @GetMapping("/products/{id}")
    PlainReads.Product product(@PathVariable("id") long id) {
        return reads.product(id);
    }

    @GetMapping("/products")
    Map<String, Object> products(@RequestParam(name = "size", defaultValue = "20") int size) {
        return Map.of("items", reads.products(size));
    }

    @GetMapping("/products/best-seller")
    Map<String, Object> bestSellers() {
        return Map.of("range", "3days", "items", reads.bestSellers());
    }

    @GetMapping("/balance")
    Map<String, Object> balance(@RequestParam("userId") long userId) {
        return Map.of("userId", userId, "balance", reads.balance(userId), "currency", "KRW");
    }

    @PostMapping("/baseline/settle")
    Map<String, Object> settle() {
        orders.settle();
        return Map.of("ok", true);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(Refused refusal) {
        return ResponseEntity.status(HttpStatus.CONFLICT).body(Map.of("status", 409, "code", refusal.getMessage()));
    }

    static LocalDateTime now() {
        return LocalDateTime.now(ZoneOffset.UTC);
    }

    static <T> T only(List<T> rows, String otherwise) {
        if (rows.isEmpty()) {
            throw new Refused(otherwise);
        }
        return rows.get(0);
    }
}
