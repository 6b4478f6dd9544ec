package kr.hhplus.commerce.proof.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Notes what was measured, one line each, where {@code bin/faults} picks it up. */
public final class Results {

    private static final Path FILE = Path.of("target", "proof", "results.txt");

    private Results() {}

    public static void note(String what, String measured) {
        String line = what + " | " + measured + "\n";
        System.out.print(line);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
