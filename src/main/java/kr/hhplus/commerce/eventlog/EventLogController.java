package kr.hhplus.commerce.eventlog;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.eventlog.IncarnationService.AcceptedIncarnation;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.response.Responses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /admin/event-log/incarnation}: accepts a new incarnation of the event log. */
@RestController
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class EventLogController {

    private final IncarnationService incarnations;

    EventLogController(IncarnationService incarnations) {
        this.incarnations = incarnations;
    }

    /** @param incarnation the number of the accepted incarnation, or null for the next one */
    record IncarnationRequest(
            @Min(0) @Max(EventIds.INCARNATION_MAX) @Nullable Integer incarnation) {}

    @PostMapping("/admin/event-log/incarnation")
    CompletableFuture<ResponseEntity<AcceptedIncarnation>> accept(
            Caller caller,
            @Valid @RequestBody(required = false) @Nullable IncarnationRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        Integer incarnation = request == null ? null : request.incarnation();
        return Responses.ok(incarnations.accept(
                incarnation, caller.name(), IdempotencyKey.of(caller, key, "accept incarnation " + incarnation)));
    }
}
