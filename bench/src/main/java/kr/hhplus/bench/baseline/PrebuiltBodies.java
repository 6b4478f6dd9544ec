package kr.hhplus.bench.baseline;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Prebuilt responses by name. The benchmark stores the service's responses here. */
@Component
class PrebuiltBodies {

    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>(Map.of("ok", bytes("{\"ok\":true}")));

    void put(String name, String body) {
        bodies.put(name, bytes(body));
    }

    byte[] find(String name) {
        byte[] body = bodies.get(name);
        if (body == null) {
            throw new IllegalArgumentException("no prebuilt response for " + name);
        }
        return body;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
