package kr.hhplus.commerce.eventlog.relay;

import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.eventlog.relay.RelayStatus.Replay;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.kernel.text.Visible;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.response.Responses;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/admin/deliveries")
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class RelayController {

    private final RelayService relay;

    RelayController(RelayService relay) {
        this.relay = relay;
    }

    record ReplayRequest(@Visible String from) {}

    @GetMapping
    RelayStatus state(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer size) {
        return relay.state(PageRequest.of(cursor, size));
    }

    @PostMapping("/replay")
    CompletableFuture<ResponseEntity<Replay>> replay(
            Caller caller,
            @Valid @RequestBody ReplayRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key) {
        return Responses.accepted(relay.replay(request.from(), caller, key));
    }
}
