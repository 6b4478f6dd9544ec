package kr.hhplus.commerce.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nginx allows one address, as far as its template says it. */
class ConnectionsAtTheProxyTests {

    private static final int INSTANCES = 2;

    private final String template = Files.readString(Path.of("deploy/nginx/templates/default.conf.template"));

    ConnectionsAtTheProxyTests() throws IOException {}

    private String location(String name) {
        Matcher location = Pattern.compile("(?s)\n    location " + Pattern.quote(name) + " \\{(.*?)\n    }")
                .matcher(template);
        // The server before it only refuses.
        location.region(template.indexOf("server_name"), template.length());
        assertThat(location.find()).as(name).isTrue();
        return location.group(1);
    }

    private static int number(String pattern, String text) {
        Matcher number = Pattern.compile(pattern).matcher(text);
        assertThat(number.find()).as(pattern).isTrue();
        return Integer.parseInt(number.group(1));
    }

    /** Streams that an address may have at the instances leave its other requests a connection. */
    @ParameterizedTest
    @ValueSource(strings = {"= /live", "= /console/live"})
    void countStreamsByThemselves(String path) throws IOException {
        String stream = location(path);
        assertThat(stream).doesNotContain("limit_conn addresses");
        int atAnInstance = number(
                "@DefaultValue\\(\"(\\d+)\"\\) int connectionsPerAddressMax",
                Files.readString(Path.of("src/main/java/kr/hhplus/commerce/web/sse/SseProperties.java")));
        assertThat(number("limit_conn streams (\\d+);", stream)).isEqualTo(INSTANCES * atAnInstance);
    }

    /** The first redirect to a named location would be the last one, and nginx's own page the answer. */
    @Test
    void refuseRequestsWithAKeyByADocumentToo() {
        assertThat(location("/")).contains("recursive_error_pages on;");
        assertThat(location("@keyed")).doesNotContain("recursive_error_pages");
    }
}
