package kr.hhplus.commerce.order;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ends expired reservations in the background, on every instance. */
@Configuration(proxyBeanMethods = false)
class ReservationConfiguration {

    @Bean
    ReservationSweep reservationSweep(
            Reservations reservations, ReservationService service, Clock clock, MeterRegistry registry) {
        return new ReservationSweep(reservations::due, service::expire, clock, registry);
    }

    @Bean
    BackgroundTask reservationSweepTask(ReservationSweep sweep, ReservationProperties properties) {
        return new BackgroundTask("reservation-sweep", properties.sweepInterval(), sweep::step);
    }
}
