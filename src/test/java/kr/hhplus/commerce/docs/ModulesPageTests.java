package kr.hhplus.commerce.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kr.hhplus.commerce.CommerceApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

class ModulesPageTests {

    /** Nearly every module uses these, so the graph leaves them out. */
    private static final Set<String> EVERYWHERE = Set.of("kernel", "web");

    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private final ApplicationModules modules =
            ApplicationModules.of(CommerceApplication.class, new ImportOption.DoNotIncludeTests());
    private final GeneratedDocument page = GeneratedDocument.named("architecture.md");

    @Test
    void listsEveryModuleWithItsFaceAndItsNeeds() throws IOException {
        String rows = sorted().stream().map(this::row).collect(joining());

        page.holds("modules", "| module | what it is for | its face | uses |\n| --- | --- | --- | --- |\n" + rows);
    }

    @Test
    void drawsWhoUsesWhom() throws IOException {
        String arrows = sorted().stream()
                .flatMap(module -> uses(module).stream()
                        .filter(used -> !EVERYWHERE.contains(used))
                        .map(used -> "    " + name(module) + " --> " + used + "\n"))
                .collect(joining());
        String nodes = sorted().stream()
                .filter(module -> !EVERYWHERE.contains(name(module)))
                .map(module -> "    " + name(module) + "\n")
                .collect(joining());

        page.holds("graph", "```mermaid\ngraph TD\n" + nodes + arrows + "```\n");
    }

    private String row(ApplicationModule module) {
        return "| `" + name(module) + "` | " + purpose(module) + " | " + face(module) + " | " + code(uses(module))
                + " |\n";
    }

    private List<ApplicationModule> sorted() {
        return modules.stream()
                .sorted(java.util.Comparator.comparing(ModulesPageTests::name))
                .toList();
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }

    private List<String> uses(ApplicationModule module) {
        return module.getDirectDependencies(modules)
                .uniqueModules()
                .map(ModulesPageTests::name)
                .filter(used -> !used.equals(name(module)))
                .sorted()
                .toList();
    }

    private String face(ApplicationModule module) {
        if (EVERYWHERE.contains(name(module))) {
            return "all of it";
        }
        return code(module.getBasePackage().stream()
                .filter(type ->
                        type.getPackageName().equals(module.getBasePackage().getName()))
                .filter(type -> type.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC))
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .sorted()
                .toList());
    }

    private static String purpose(ApplicationModule module) {
        Path file = Path.of("src/main/java", module.getBasePackage().getName().replace('.', '/'), "package-info.java");
        try {
            Matcher javadoc = JAVADOC.matcher(Files.readString(file));
            assertThat(javadoc.find()).as("a sentence in %s", file).isTrue();
            return javadoc.group(1)
                    .replaceAll("(?m)^\\s*\\*", " ")
                    .replaceAll("\\{@code (.*?)}", "`$1`")
                    .replace("<p>", " ")
                    .replaceAll("\\s+", " ")
                    .strip();
        } catch (IOException e) {
            throw new AssertionError("every module says what it is for, in " + file, e);
        }
    }

    private static String code(List<String> names) {
        return names.isEmpty()
                ? "–"
                : names.stream().map(name -> "`" + name + "`").collect(joining(", "));
    }
}
