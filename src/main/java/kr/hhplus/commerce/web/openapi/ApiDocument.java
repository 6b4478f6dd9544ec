package kr.hhplus.commerce.web.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The checked-in OpenAPI document: the original YAML, and JSON that is created on first use. */
@Component
class ApiDocument {

    private static final String RESOURCE = "/openapi/openapi.yaml";
    private static final JsonMapper JSON = new JsonMapper();

    private final SingletonSupplier<byte[]> yaml = SingletonSupplier.of(ApiDocument::read);
    private final SingletonSupplier<JsonNode> tree = SingletonSupplier.of(this::parse);
    private final SingletonSupplier<byte[]> json = SingletonSupplier.of(() -> bytes(tree()));

    byte[] yaml() {
        return yaml.obtain();
    }

    byte[] json() {
        return json.obtain();
    }

    JsonNode tree() {
        return tree.obtain();
    }

    /** Returns the node itself, or the node that its {@code $ref} refers to. */
    JsonNode resolve(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            resolved = tree().at(resolved.get("$ref").textValue().substring(1));
        }
        return resolved;
    }

    private static byte[] read() {
        try (InputStream resource = ApiDocument.class.getResourceAsStream(RESOURCE)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode parse() {
        Yaml parser = new Yaml(new SafeConstructor(new LoaderOptions()));
        return JSON.valueToTree(parser.load(new String(yaml(), StandardCharsets.UTF_8)));
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
