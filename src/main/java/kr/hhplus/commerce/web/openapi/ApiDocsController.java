package kr.hhplus.commerce.web.openapi;

import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the OpenAPI document at the paths that springdoc uses, with an ETag for conditional requests. */
@RestController
@Access(AccessRule.PUBLIC)
class ApiDocsController {

    private static final String YAML = "application/yaml";

    private final ApiDocument document;

    ApiDocsController(ApiDocument document) {
        this.document = document;
    }

    @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> json() {
        return revalidated(document.json());
    }

    @GetMapping(path = "/v3/api-docs.yaml", produces = YAML)
    ResponseEntity<byte[]> yaml() {
        return revalidated(document.yaml());
    }

    private static ResponseEntity<byte[]> revalidated(byte[] body) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noCache())
                .eTag(DigestUtils.md5DigestAsHex(body))
                .body(body);
    }
}
