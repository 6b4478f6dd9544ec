package kr.hhplus.commerce.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import kr.hhplus.commerce.testkit.servers.TestDatabase;

/** Notes what was measured, one line each, where {@code bin/faults} picks it up. */
public final class Results {

    private static final Path FILE = Path.of("target", "proof", "results.txt");

    private Results() {}

    public static void note(String what, String measured) {
        String where = TestDatabase.ON_MYSQL ? ", three instances on MySQL" : "";
        String line = what + where + " | " + measured + "\n";
        System.out.print(line);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
