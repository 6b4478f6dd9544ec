package kr.hhplus.commerce.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checked-in page with a part that the code writes: compared, or rewritten with {@code -Dupdate-docs=true}. */
record GeneratedDocument(Path file) {

    private static final String BEGIN = "<!-- generated: %s -->\n";
    private static final String END = "<!-- end of %s -->";

    static GeneratedDocument named(String file) {
        return new GeneratedDocument(Path.of("docs", file));
    }

    /** @param part the name in the comments around it */
    void holds(String part, String expected) throws IOException {
        String text = Files.readString(file);
        String begin = BEGIN.formatted(part);
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(END.formatted(part));
        assertThat(text).as("the place for %s in %s", part, file).contains(begin, END.formatted(part));
        if (Boolean.getBoolean("update-docs")) {
            Files.writeString(file, text.substring(0, from) + expected + text.substring(to));
        } else {
            assertThat(text.substring(from, to))
                    .as("%s in %s; -Dupdate-docs=true rewrites it", part, file)
                    .isEqualTo(expected);
        }
    }
}
