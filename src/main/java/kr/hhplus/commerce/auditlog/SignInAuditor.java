package kr.hhplus.commerce.auditlog;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import kr.hhplus.commerce.auditlog.AccountEvent.Kind;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Records sign-ups, sign-ins, failed sign-ins, sign-outs, password changes and OAuth clients in the audit log. */
@Component
class SignInAuditor {

    private static final String SIGN_IN = "sign-in";

    private final AuditLog auditLog;
    private final FailedSignInQuota quota;
    private final Clock clock;

    SignInAuditor(AuditLog auditLog, AuditLogProperties properties, Clock clock) {
        this.auditLog = auditLog;
        this.quota = new FailedSignInQuota(properties.failedSignInsPerHour());
        this.clock = clock;
    }

    @EventListener
    void onSignIn(SignInAttempted attempt) {
        if (attempt.succeeded()) {
            auditLog.write(
                    attempt.kind() == SignInAttempted.Kind.CLIENT
                            ? AuditLogAction.CLIENT_AUTHENTICATED
                            : AuditLogAction.SIGNED_IN,
                    attempt.name(),
                    SIGN_IN,
                    Map.of("address", attempt.address()));
            return;
        }
        writeOmitted();
        if (quota.take(clock.instant())) {
            auditLog.write(
                    AuditLogAction.SIGN_IN_FAILED, attempt.name(), SIGN_IN, Map.of("address", attempt.address()));
        }
    }

    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT10M")
    void writeOmitted() {
        long omitted = quota.takeOmitted(clock.instant());
        if (omitted > 0) {
            auditLog.write(AuditLogAction.SIGN_IN_FAILED, "others", SIGN_IN, Map.of("count", omitted));
        }
    }

    /** Runs in the transaction of the publisher, if there is one. */
    @EventListener
    void onAccountEvent(AccountEvent event) {
        Map<String, Object> details = new HashMap<>(Map.of("address", event.address(), "userId", event.userId()));
        AuditLogAction action =
                switch (event.kind()) {
                    case SIGNED_UP -> AuditLogAction.SIGNED_UP;
                    case PASSWORD_CHANGED -> AuditLogAction.PASSWORD_CHANGED;
                    case SIGNED_OUT, SIGNED_OUT_EVERYWHERE -> {
                        details.put("everywhere", event.kind() == Kind.SIGNED_OUT_EVERYWHERE);
                        yield AuditLogAction.SIGNED_OUT;
                    }
                };
        auditLog.write(action, event.name(), "account", details);
    }
}
