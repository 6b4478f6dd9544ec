package kr.hhplus.commerce.testkit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import kr.hhplus.commerce.groupcommit.CommitFailures;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.json.Multiline;
import kr.hhplus.commerce.web.request.BodyOrParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Handlers of every kind that the real ones have, without anything behind them. */
@TestComponent
@RestController
@RequestMapping("/probe")
public class ProbeController {

    private static final Logger log = LoggerFactory.getLogger(ProbeController.class);

    public record Pay(
            @NotNull @Id Long userId,
            @NotNull @Min(1) @Max(1000) Integer amount,
            String note,
            Boolean gift,
            Instant at) {}

    public record Line(
            @NotNull @Id Long productId,
            @Min(1) @Max(10_000) int quantity) {}

    public record Order(
            @NotNull @Id Long userId,
            @NotNull @Size(min = 1, max = 100) List<@NotNull @Valid Line> items,
            String couponId,
            @Multiline String memo) {}

    record InsufficientStock(long productId, long available, long required) implements Refusal {

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

    @PostMapping("/pay")
    CompletableFuture<ResponseEntity<Pay>> pay(@BodyOrParameters Pay pay) {
        log.info("paying {}", pay.userId());
        return CompletableFuture.supplyAsync(() -> ResponseEntity.ok(pay), ForkJoinPool.commonPool());
    }

    @PostMapping("/order")
    Order order(@Valid @RequestBody Order order) {
        return order;
    }

    @GetMapping("/things/{id}")
    Map<String, Object> thing(@PathVariable @Id Long id, @RequestParam(defaultValue = "20") Integer size) {
        return Map.of("id", id, "size", size);
    }

    @GetMapping("/balance")
    ResponseEntity<Map<String, Object>> balance(@RequestParam @Id Long userId) {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(Map.of("userId", userId));
    }

    @GetMapping(path = "/fail/{kind}", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<String> fail(@PathVariable String kind) {
        return switch (kind) {
            case "refused" ->
                CompletableFuture.supplyAsync(() -> {
                    throw new RefusedException(new InsufficientStock(7, 1, 3));
                });
            case "bug" -> throw new IllegalStateException("SELECT secret FROM wallet");
            case "never" -> new CompletableFuture<>();
            default -> CompletableFuture.failedFuture(CommitFailures.of(kind));
        };
    }
}
