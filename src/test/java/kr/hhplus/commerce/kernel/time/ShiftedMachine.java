package kr.hhplus.commerce.kernel.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Lets the service see a wall clock that is wrong by what a file says. Its libraries see the right one. */
public class ShiftedMachine {

    /** The property that names the file; an ISO-8601 duration is in it. */
    public static final String FILE = "test.wall-clock-file";

    @Bean
    @Primary
    MachineTime shiftedMachineTime(Environment environment) {
        Path file = Path.of(environment.getRequiredProperty(FILE));
        return new MachineTime(
                System::nanoTime, new MovingClock(() -> Instant.now().plus(read(file))));
    }

    private static Duration read(Path file) {
        try {
            return Duration.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
