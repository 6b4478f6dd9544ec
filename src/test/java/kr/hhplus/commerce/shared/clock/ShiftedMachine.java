package kr.hhplus.commerce.shared.clock;

import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** To be imported: the service sees a wall clock that is wrong by {@code test.wall-clock-shift}; its libraries do not. */
public class ShiftedMachine {

    @Bean
    @Primary
    MachineTime shiftedMachineTime(Environment environment) {
        Duration shift = environment.getRequiredProperty("test.wall-clock-shift", Duration.class);
        return new MachineTime(
                System::nanoTime, new MovingClock(() -> Instant.now().plus(shift)));
    }
}
