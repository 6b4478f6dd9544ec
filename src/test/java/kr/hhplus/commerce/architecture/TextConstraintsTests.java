package kr.hhplus.commerce.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts of requests: their length is counted in code points, and blank is what Unicode calls so. */
class TextConstraintsTests {

    private static final Pattern UNITS = Pattern.compile("\\bSize\\([^)]*\\)\\s+(?:@\\w+\\s+)*String\\b");
    private static final Pattern ASCII_BLANKS = Pattern.compile("@NotBlank\\b");

    @Test
    void areNeitherCountedInUtf16UnitsNorBlankInAsciiAlone() throws IOException {
        List<String> findings = new ArrayList<>();
        int constrained = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String source = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
                constrained += source.contains("@CodePointLength(") ? 1 : 0;
                Matcher units = UNITS.matcher(source);
                while (units.find()) {
                    findings.add(file + ": " + units.group() + "; use @CodePointLength");
                }
                // Properties are the operator's own files.
                boolean properties = file.getFileName().toString().endsWith("Properties.java");
                if (!properties && ASCII_BLANKS.matcher(source).find()) {
                    findings.add(file + ": @NotBlank; use @Visible");
                }
            }
        }
        assertThat(findings).isEmpty();
        assertThat(constrained).as("classes with a bounded text").isGreaterThan(5);
    }
}
