package kr.hhplus.commerce.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bugs that {@code bin/faults --sabotage} puts in: each patch fits the code as it is, and names the tests that go
 * red. A patch that no longer applies proves nothing, and only the long run would notice.
 */
class SabotagePatchesTests {

    private static final String CAUGHT_BY = "Caught by: ";

    static Stream<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/sabotage"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void fitsTheCode(Path patch) throws IOException {
        List<String> code = List.of();
        List<String> before = new ArrayList<>();
        for (String line : Files.readAllLines(patch)) {
            if (line.startsWith("--- a/")) {
                assertContains(code, before, patch);
                code = Files.readAllLines(Path.of(line.substring("--- a/".length())));
            } else if (line.startsWith("@@")) {
                assertContains(code, before, patch);
            } else if (!code.isEmpty() && (line.startsWith(" ") || line.startsWith("-"))) {
                before.add(line.substring(1));
            } else if (line.startsWith("diff ")) {
                assertContains(code, before, patch);
                code = List.of();
            }
        }
        assertThat(code).as("the code that %s changes", patch).isNotEmpty();
        assertContains(code, before, patch);
    }

    private static void assertContains(List<String> code, List<String> before, Path patch) {
        if (!before.isEmpty()) {
            assertThat(code).as("the code that %s changes", patch).containsSequence(before);
            before.clear();
        }
    }

    @ParameterizedTest
    @MethodSource("patches")
    void namesTestsThatExist(Path patch) throws IOException {
        String by = Files.readAllLines(patch).stream()
                .filter(line -> line.startsWith(CAUGHT_BY))
                .findFirst()
                .orElseThrow(() -> new AssertionError(patch + " does not say what catches it"))
                .substring(CAUGHT_BY.length());
        for (String test : by.split(",")) {
            try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
                assertThat(files).as(test).anyMatch(file -> file.endsWith(test.strip() + ".java"));
            }
        }
    }
}
