package kr.hhplus.bench.baseline;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The limit of HTTP under a Spring handler: reads the request and returns prebuilt bytes. */
@RestController
class PrebuiltController {

    private final PrebuiltBodies bodies;

    PrebuiltController(PrebuiltBodies bodies) {
        this.bodies = bodies;
    }

    @PutMapping("/prebuilt/{name}")
    void put(@PathVariable("name") String name, @RequestBody String body) {
        bodies.put(name, body);
    }

    @GetMapping("/prebuilt/{name}")
    ResponseEntity<byte[]> get(@PathVariable("name") String name) {
        return answer(name);
    }

    /** Binds the body to an order and ignores it. */
    @PostMapping("/prebuilt/{name}")
    ResponseEntity<byte[]> post(@PathVariable("name") String name, @RequestBody OrderRequest request) {
        return answer(name);
    }

    private ResponseEntity<byte[]> answer(String name) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(bodies.find(name));
    }
}
