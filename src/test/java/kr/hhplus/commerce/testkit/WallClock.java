package kr.hhplus.commerce.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.kernel.time.MovingClock;
import kr.hhplus.commerce.kernel.time.ShiftedMachine;

/**
 * What the service in one process takes for the wall clock of its machine, set and moved by a test. It comes in by one
 * more configuration class on the class path of that process; the built jar is as it is. (libfaketime would shift the
 * whole process, but lets the waits of a JVM end at once, and a start takes minutes.)
 */
public final class WallClock {

    private final Path home;

    /** @param home a new directory of its own */
    public WallClock(Path home, Duration wrongBy) {
        this.home = home;
        try {
            for (Class<?> type : List.of(ShiftedMachine.class, MovingClock.class)) {
                String file = type.getName().replace('.', '/') + ".class";
                Path copy = home.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(Path.of("target", "test-classes").resolve(file), copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        show(wrongBy);
    }

    /** From now on the service in that process sees a time that is wrong by so much. */
    public void show(Duration wrongBy) {
        try {
            Path next = home.resolve("next");
            Files.writeString(next, wrongBy.toString());
            Files.move(next, shift(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path shift() {
        return home.resolve("shift");
    }

    /** The command that starts the service, made to start it with this clock. */
    List<String> with(List<String> command) {
        List<String> with = new ArrayList<>(command);
        int jar = with.indexOf("-jar");
        with.set(jar, "-cp");
        with.set(jar + 1, with.get(jar + 1) + File.pathSeparator + home);
        with.add(jar + 2, "kr.hhplus.commerce.CommerceApplication");
        with.add("--spring.main.sources=" + ShiftedMachine.class.getName());
        with.add("--" + ShiftedMachine.FILE + "=" + shift());
        return with;
    }
}
