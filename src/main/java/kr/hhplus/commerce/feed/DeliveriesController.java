package kr.hhplus.commerce.feed;

import jakarta.validation.Valid;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.feed.DeliveryState.Replay;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.answers.Answers;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.shared.text.Visible;
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
class DeliveriesController {

    private final DeliveryDesk desk;

    DeliveriesController(DeliveryDesk desk) {
        this.desk = desk;
    }

    record ReplayRequest(@Visible String from) {}

    @GetMapping
    DeliveryState state(@RequestParam(required = false) String cursor, @RequestParam(required = false) Integer size) {
        return desk.state(PageRequest.of(cursor, size));
    }

    @PostMapping("/replay")
    CompletableFuture<ResponseEntity<Replay>> replay(
            Caller caller,
            @Valid @RequestBody ReplayRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) String key) {
        return Answers.accepted(desk.replay(request.from(), caller, key));
    }
}
