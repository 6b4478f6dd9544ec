package kr.hhplus.commerce.order;

import kr.hhplus.commerce.kernel.time.BackgroundTask;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ends expired reservations in the background, on every instance. */
@Configuration(proxyBeanMethods = false)
class ReservationConfiguration {

    @Bean
    BackgroundTask reservationSweep(ReservationService reservations, ReservationProperties properties) {
        return new BackgroundTask("reservation-sweep", properties.sweepInterval(), reservations::sweep);
    }
}
