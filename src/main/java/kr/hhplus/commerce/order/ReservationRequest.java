package kr.hhplus.commerce.order;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.order.OrderCommand.HoldReservation;
import kr.hhplus.commerce.order.OrderRequest.Line;
import kr.hhplus.commerce.web.request.OwnerDefault;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as an API client sends it.
 *
 * @param ttlSeconds how long the stock is held; null: {@code commerce.reservation.ttl}
 */
public record ReservationRequest(
        @OwnerDefault @Id Long userId,

        @NotNull @Size(min = 1, max = OrderRequest.LINES_MAX)
        List<@NotNull @Valid Line> items,

        @Min(1) @Nullable Long ttlSeconds) {

    /** @throws RefusedException INVALID_REQUEST if the time is outside {@code ttl-min} to {@code ttl-max} */
    HoldReservation toCommand(Caller caller, ReservationProperties limits, @Nullable String key) {
        long owner = caller.actingFor(userId);
        SortedMap<Long, Long> quantities = Line.quantities(items);
        IdempotencyKey idempotencyKey =
                IdempotencyKey.of(caller, key, "reserve " + owner + " " + quantities + " " + ttlSeconds);
        return new HoldReservation(owner, quantities, ttl(limits), idempotencyKey);
    }

    private Duration ttl(ReservationProperties limits) {
        if (ttlSeconds == null) {
            return limits.ttl();
        }
        long min = limits.ttlMin().toSeconds();
        long max = limits.ttlMax().toSeconds();
        if (ttlSeconds < min || ttlSeconds > max) {
            throw new RefusedException(InvalidRequest.at("/ttlSeconds", "range", min, max));
        }
        return Duration.ofSeconds(ttlSeconds);
    }
}
