package kr.hhplus.commerce.order;

import kr.hhplus.commerce.kernel.time.PurgeCutoff;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes reservations that were not paid, hourly after their retention and in small steps. */
@Component
class ReservationPurger {

    private final Reservations reservations;
    private final ReservationProperties properties;
    private final PurgeCutoff cutoff;

    ReservationPurger(Reservations reservations, ReservationProperties properties, PurgeCutoff cutoff) {
        this.reservations = reservations;
        this.properties = properties;
        this.cutoff = cutoff;
    }

    @Scheduled(initialDelayString = "PT3M", fixedDelayString = "PT1H")
    void purge() {
        cutoff.of(properties.retention()).ifPresent(before -> {
            boolean more = true;
            while (more) {
                more = reservations.deleteEnded(before);
            }
        });
    }
}
