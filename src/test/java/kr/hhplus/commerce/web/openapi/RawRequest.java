package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.springframework.web.util.UriUtils;

/** One request as bytes, and whether the document rules it out. */
record RawRequest(String method, String path, String query, List<String> headers, byte[] body, boolean ruledOut) {

    Reply send(Wire wire) {
        List<String> all = new ArrayList<>(headers);
        if (body.length > 0) {
            all.add("Content-Length: " + body.length);
        }
        String target = query.isEmpty() ? path : path + "?" + query;
        byte[] head = Wire.head(method, target, all.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
        return wire.exchange(Wire.concat(head, body));
    }

    /** Fails where the answer is none that the document announces; where the path is no text, no operation is meant. */
    void check(Reply reply) {
        try {
            UriUtils.decode(path, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException unreadable) {
            assertThat(Contract.violations(Contract.DOCUMENT.tree().at("/components/schemas/Problem"), reply.json()))
                    .isEmpty();
            assertThat(reply.code()).isEqualTo("MALFORMED_REQUEST");
            return;
        }
        reply.checkedAgainst(method, path);
    }

    @Override
    public String toString() {
        String text = new String(body, StandardCharsets.UTF_8);
        String shown = method + " " + path + "?" + query + " " + headers + " " + text;
        return (ruledOut ? "ruled out: " : "")
                + (shown.length() <= 600 ? shown : shown.substring(0, 600) + "… (" + shown.length() + ")");
    }
}
