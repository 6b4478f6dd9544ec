package kr.hhplus.commerce.kernel.idempotency;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

/** Deletes expired idempotency keys in small steps, so that orders never wait long. */
@Component
class IdempotencyKeyPurger {

    private final IdempotencyStore idempotencyStore;
    private final Settings settings;
    private final PurgeCutoff cutoff;

    IdempotencyKeyPurger(IdempotencyStore idempotencyStore, Settings settings, PurgeCutoff cutoff) {
        this.idempotencyStore = idempotencyStore;
        this.settings = settings;
        this.cutoff = cutoff;
    }

    /**
     * The settings of idempotency keys.
     *
     * @param retention how long a key is stored; the contract promises at least 24 hours
     * @param purgeInterval the pause between two purges
     */
    @Validated
    @ConfigurationProperties("commerce.idempotency")
    record Settings(
            @NotNull @DurationMin(hours = 24) @DefaultValue("48h")
            Duration retention,

            @NotNull @DurationMin(seconds = 1) @DefaultValue("10m")
            Duration purgeInterval) {}

    @Scheduled(
            initialDelayString = "${commerce.idempotency.purge-interval:2m}",
            fixedDelayString = "${commerce.idempotency.purge-interval:10m}")
    void purge() {
        cutoff.of(settings.retention()).ifPresent(before -> {
            boolean more = true;
            while (more) {
                more = idempotencyStore.deleteBefore(before);
            }
        });
    }
}
