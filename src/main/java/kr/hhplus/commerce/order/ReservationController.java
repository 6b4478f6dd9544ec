package kr.hhplus.commerce.order;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.JsonBody;
import kr.hhplus.commerce.web.response.Responses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/reservations")
@Access(AccessRule.AUTHENTICATED)
class ReservationController {

    private final ReservationService service;

    ReservationController(ReservationService service) {
        this.service = service;
    }

    /** A reservation as clients see it. */
    record ReservationView(
            String reservationId,
            long userId,
            Reservation.Status status,
            List<OrderRequest.Line> items,
            Instant createdAt,
            Instant expiresAt,
            @Nullable String orderId) {

        static ReservationView of(Reservation reservation, Reservation.Status status) {
            return new ReservationView(
                    IdText.of(reservation.reservationId()),
                    reservation.userId(),
                    status,
                    reservation.items().stream()
                            .map(item -> new OrderRequest.Line(item.productId(), item.quantity()))
                            .toList(),
                    reservation.createdAt(),
                    reservation.expiresAt(),
                    reservation.orderId() == null ? null : IdText.of(reservation.orderId()));
        }
    }

    @PostMapping
    @RateLimited(RateLimitGroup.ORDER)
    CompletableFuture<ResponseEntity<ReservationView>> hold(
            Caller caller,
            @JsonBody ReservationRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.created(
                service.hold(caller, request, key).thenApply(ReservationController::view),
                reservation -> URI.create("/reservations/" + reservation.reservationId()));
    }

    @GetMapping("/{reservationId}")
    ReservationView reservation(Caller caller, @PathVariable String reservationId) {
        Reservation reservation = service.find(reservationId, caller.visibleUserId());
        return ReservationView.of(reservation, service.statusOf(reservation));
    }

    @DeleteMapping("/{reservationId}")
    @RateLimited(RateLimitGroup.ORDER)
    CompletableFuture<ResponseEntity<ReservationView>> release(Caller caller, @PathVariable String reservationId) {
        return Responses.ok(service.release(caller, service.find(reservationId, caller.visibleUserId()))
                .thenApply(ReservationController::view));
    }

    private static CommandResult<ReservationView> view(CommandResult<Reservation> result) {
        return result instanceof CommandResult.Done<Reservation> done
                ? new CommandResult.Done<>(
                        ReservationView.of(done.value(), done.value().status()), done.replayed())
                : CommandResult.refused(((CommandResult.Refused<Reservation>) result).refusal());
    }
}
