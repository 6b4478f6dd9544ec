package kr.hhplus.commerce.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;

/**
 * The wall clock of one process, set and moved by a test: libfaketime answers in the place of the C library, about the
 * time of day alone.
 */
public final class WallClock {

    private static final String LIBRARY = find();

    private final Path file;

    /** @param file which the process reads once a second */
    public WallClock(Path file, Duration wrongBy) {
        this.file = file.toAbsolutePath();
        show(wrongBy);
    }

    /** Why there can be none here, or nothing. */
    public static String missing() {
        return LIBRARY.isEmpty() ? "libfaketime is not installed (Debian: apt-get install libfaketime)" : "";
    }

    private static String find() {
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(Path.of("/usr/lib"))) {
            for (Path machine : machines) {
                Path library = machine.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(library)) {
                    return library.toString();
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    /** From now on, or a second later, the process sees a time that is wrong by so much. */
    public void show(Duration wrongBy) {
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, "%+d".formatted(wrongBy.toSeconds()));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a process that is to have this clock. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", LIBRARY,
                "FAKETIME_TIMESTAMP_FILE", file.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_DISABLE_SHM", "1",
                "NO_FAKE_STAT", "1");
    }
}
