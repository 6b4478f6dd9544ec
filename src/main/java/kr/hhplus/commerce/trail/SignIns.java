package kr.hhplus.commerce.trail;

import java.util.HashMap;
import java.util.Map;
import kr.hhplus.commerce.identity.AccountDeed;
import kr.hhplus.commerce.identity.AccountDeed.Kind;
import kr.hhplus.commerce.identity.SignInTried;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down who signs up, in and out, who fails to, and who has another password. */
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

    /** In the transaction of the deed, where it has one. */
    @EventListener
    void done(AccountDeed deed) {
        Map<String, Object> facts = new HashMap<>(Map.of("address", deed.address(), "userId", deed.userId()));
        TrailKind kind =
                switch (deed.kind()) {
                    case SIGNED_UP -> TrailKind.SIGNED_UP;
                    case PASSWORD_CHANGED -> TrailKind.PASSWORD_CHANGED;
                    case SIGNED_OUT, SIGNED_OUT_EVERYWHERE -> {
                        facts.put("everywhere", deed.kind() == Kind.SIGNED_OUT_EVERYWHERE);
                        yield TrailKind.SIGNED_OUT;
                    }
                };
        trail.write(kind, deed.name(), "account", facts);
    }
}
