package kr.hhplus.commerce.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ImageTests {

    private static String options(String file, String pattern) throws IOException {
        List<String> found = Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
        assertThat(found).as(file).hasSize(1);
        return found.get(0);
    }

    @Test
    void hasTheOptionsOfJavaThatTheBenchmarkMeasuresAndTheOperatorIsTold() throws IOException {
        String shipped = options("Dockerfile", "(?m)^ENV JDK_JAVA_OPTIONS=(.+)$");
        assertThat(options("bench/src/main/java/kr/hhplus/bench/Options.java", "\"java-options\", \"(.*?)\""))
                .isEqualTo(shipped);
        assertThat(options("bench/run", "--java-options S .*\\((.+)\\)")).isEqualTo(shipped);
        assertThat(options("compose.yaml", "JDK_JAVA_OPTIONS:-(.+?)\\}")).isEqualTo(shipped);
        assertThat(options("docs/operations.md", "`JDK_JAVA_OPTIONS=(.+?)`")).isEqualTo(shipped);
    }

    @Test
    void canBeToldOtherwise() throws IOException {
        // An option of the entry point would clash with another collector's, and nobody could take it back.
        assertThat(options("Dockerfile", "(?s)ENTRYPOINT (\\[.+?\\])")).doesNotContain("GC\"");
    }
}
