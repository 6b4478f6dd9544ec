package kr.hhplus.commerce.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of style that a machine can check: the width of a line, and no unfinished marks. */
class StyleTests {

    private static final int COLUMNS_MAX = 120;
    private static final String UNFINISHED = ".*\\b(" + "TO" + "DO|FIX" + "ME)\\b.*";

    @Test
    void linesAreNoWiderThan120Columns() throws IOException {
        assertThat(linesThat(line -> line.length() > COLUMNS_MAX && !line.startsWith("import ")))
                .isEmpty();
    }

    @Test
    void nothingIsMarkedAsUnfinished() throws IOException {
        assertThat(linesThat(line -> line.matches(UNFINISHED))).isEmpty();
    }

    private static List<String> linesThat(Predicate<String> breakTheRule) throws IOException {
        List<String> findings = new ArrayList<>();
        for (Path file : javaFiles()) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (breakTheRule.test(lines.get(i))) {
                    findings.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return findings;
    }

    private static List<Path> javaFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).as("Java files under src").isNotEmpty();
            return java;
        }
    }
}
