package kr.hhplus.commerce.eventlog;

import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.eventlog.SinkState.Replay;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.kernel.text.Visible;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.response.Responses;
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
class DeliveriesController {

    private final RelayService relay;

    DeliveriesController(RelayService relay) {
        this.relay = relay;
    }

    record ReplayRequest(@Visible String from) {}

    @GetMapping
    SinkState state(@RequestParam(required = false) String cursor, @RequestParam(required = false) Integer size) {
        return relay.state(PageRequest.of(cursor, size));
    }

    @PostMapping("/replay")
    CompletableFuture<ResponseEntity<Replay>> replay(
            Caller caller,
            @Valid @RequestBody ReplayRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.accepted(relay.replay(request.from(), caller, key));
    }
}
