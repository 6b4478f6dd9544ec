package kr.hhplus.commerce.web.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every node below one of the document, each with its place as a JSON pointer. */
record Nodes(String pointer, JsonNode node) {

    static List<Nodes> below(JsonNode root) {
        List<Nodes> found = new ArrayList<>();
        collect("", root, found);
        return found;
    }

    private static void collect(String pointer, JsonNode node, List<Nodes> found) {
        found.add(new Nodes(pointer, node));
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String key = field.getKey().replace("~", "~0").replace("/", "~1");
                collect(pointer + "/" + key, field.getValue(), found);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(pointer + "/" + i, node.get(i), found);
            }
        }
    }
}
