package kr.hhplus.commerce.auditlog;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import kr.hhplus.commerce.auditlog.AccountEvent.Kind;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Writes down who signs up, in and out, who fails to, and who has another password. */
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
    void tried(SignInAttempted attempt) {
        if (attempt.succeeded()) {
            auditLog.write(AuditLogAction.SIGNED_IN, attempt.name(), SIGN_IN, Map.of("address", attempt.address()));
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

    /** In the transaction of the deed, where it has one. */
    @EventListener
    void done(AccountEvent deed) {
        Map<String, Object> facts = new HashMap<>(Map.of("address", deed.address(), "userId", deed.userId()));
        AuditLogAction kind =
                switch (deed.kind()) {
                    case SIGNED_UP -> AuditLogAction.SIGNED_UP;
                    case PASSWORD_CHANGED -> AuditLogAction.PASSWORD_CHANGED;
                    case SIGNED_OUT, SIGNED_OUT_EVERYWHERE -> {
                        facts.put("everywhere", deed.kind() == Kind.SIGNED_OUT_EVERYWHERE);
                        yield AuditLogAction.SIGNED_OUT;
                    }
                };
        auditLog.write(kind, deed.name(), "account", facts);
    }
}
