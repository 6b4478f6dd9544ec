package kr.hhplus.commerce.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checked-in files that are no code, as trees. */
final class Yaml {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)(:[^}]*)?}");
    private static final ObjectMapper TREES = new ObjectMapper();

    private Yaml() {}

    static JsonNode read(String file) throws IOException {
        return TREES.valueToTree(new org.yaml.snakeyaml.Yaml().load(Files.readString(Path.of(file))));
    }

    /** What the profile {@code cluster} has no default for, and what only lives in the environment. */
    static List<String> environmentThatTheClusterNeeds() throws IOException {
        Matcher names = PLACEHOLDER.matcher(Files.readString(Path.of("src/main/resources/application-cluster.yaml")));
        List<String> needed = new ArrayList<>();
        while (names.find()) {
            if (names.group(2) == null) {
                needed.add(names.group(1));
            }
        }
        return needed;
    }
}
