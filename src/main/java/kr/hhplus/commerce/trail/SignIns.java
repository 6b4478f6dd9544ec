package kr.hhplus.commerce.trail;

import java.util.Map;
import kr.hhplus.commerce.identity.SignInTried;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down who signs in, and who fails to. */
@Component
class SignIns {

    private final Trail trail;

    SignIns(Trail trail) {
        this.trail = trail;
    }

    @EventListener
    void tried(SignInTried attempt) {
        TrailKind kind = attempt.succeeded() ? TrailKind.SIGNED_IN : TrailKind.SIGN_IN_FAILED;
        trail.write(kind, attempt.name(), "sign-in", Map.of("address", attempt.address()));
    }
}
