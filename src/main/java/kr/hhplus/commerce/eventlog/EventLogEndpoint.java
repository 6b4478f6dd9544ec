package kr.hhplus.commerce.eventlog;

import java.security.Principal;
import java.util.Optional;
import kr.hhplus.commerce.eventlog.IncarnationService.AcceptedIncarnation;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.stereotype.Component;

/**
 * {@code POST /actuator/eventlog} with an empty JSON object accepts a new incarnation as
 * {@code POST /admin/event-log/incarnation} does. On a separate management port it is reachable even while the instance
 * is not ready and gets no traffic.
 */
@Component
@Endpoint(id = "eventlog")
class EventLogEndpoint {

    private final IncarnationService incarnations;

    EventLogEndpoint(IncarnationService incarnations) {
        this.incarnations = incarnations;
    }

    @WriteOperation
    AcceptedIncarnation accept(SecurityContext caller) {
        String actor = Optional.ofNullable(caller.getPrincipal())
                .map(Principal::getName)
                .orElse("management");
        CommandResult<AcceptedIncarnation> result =
                incarnations.accept(null, actor, IdempotencyKey.NONE).join();
        if (result instanceof CommandResult.Done<AcceptedIncarnation> done) {
            return done.value();
        }
        throw new InvalidEndpointRequestException(
                "no new incarnation", "The log's state has changed meanwhile. Retry.");
    }
}
