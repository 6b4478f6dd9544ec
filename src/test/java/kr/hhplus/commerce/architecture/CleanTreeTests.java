package kr.hhplus.commerce.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tree as it is checked in: nothing that belongs to one machine, line ends alike everywhere. */
class CleanTreeTests {

    private static final Set<String> NOT_CHECKED_IN =
            Set.of(".git", "target", "data", "node_modules", ".idea", ".vscode", ".settings");

    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.$}-])(/(home|Users|root|work|tmp)/\\w|[A-Z]:\\\\(Users|Documents))");

    private final List<Path> files = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    @BeforeEach
    void collect() throws IOException {
        Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_CHECKED_IN.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.getFileName().toString().equals(".git")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).contains(Path.of("pom.xml"), Path.of("mvnw"));
    }

    /** The file's text, or nothing where it is no text. */
    private static String textOf(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0 ? text : "";
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    @Test
    void namesNoPathOfAnyMachine() throws IOException {
        for (Path file : files) {
            if (file.getFileName().toString().startsWith("Dockerfile")) {
                continue;
            }
            List<String> lines = textOf(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (MACHINE_PATH.matcher(lines.get(i)).find()) {
                    findings.add(file + ":" + (i + 1) + " names a path of some machine: "
                            + lines.get(i).strip());
                }
            }
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void endsLinesWithALineFeedAlone() throws IOException {
        for (Path file : files) {
            if (!file.getFileName().toString().endsWith(".cmd") && textOf(file).contains("\r\n")) {
                findings.add(file + " has carriage returns at the ends of lines");
            }
        }
        assertThat(findings).isEmpty();
    }
}
