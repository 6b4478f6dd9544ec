package kr.hhplus.commerce.shared.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** Takes away first answers that no client may still ask for, in small steps, so that orders never wait long. */
@Component
class ForgottenKeys {

    private final FirstAnswers firstAnswers;
    private final Settings settings;
    private final Clock clock;

    ForgottenKeys(FirstAnswers firstAnswers, Settings settings, Clock clock) {
        this.firstAnswers = firstAnswers;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param retention how long a key is remembered; the contract promises 24 hours */
    @Validated
    @ConfigurationProperties("commerce.idempotency")
    record Settings(
            @NotNull @DurationMin(hours = 24) @DefaultValue("48h")
            Duration retention) {}

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT10M")
    void prune() {
        Instant before = clock.instant().minus(settings.retention());
        boolean more = true;
        while (more) {
            more = firstAnswers.forget(before);
        }
    }
}
