package kr.hhplus.commerce.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import kr.hhplus.commerce.testkit.ServedShop;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a first visit costs a phone, and what squeezing pages changes for the API: nothing. */
@ServedShop
class PageWeightModuleTests {

    private static final int BYTES_MAX = 150 * 1024;
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    private final int port;

    PageWeightModuleTests(@LocalServerPort int port) {
        this.port = port;
    }

    private HttpURLConnection get(String address) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + address).toURL().openConnection();
        connection.setRequestProperty("Accept", "*/*");
        connection.setRequestProperty("Accept-Encoding", "gzip");
        return connection;
    }

    private static byte[] bytes(HttpURLConnection connection) throws IOException {
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static String text(byte[] squeezed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(squeezed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFirstVisitIsLight() throws IOException {
        byte[] page = bytes(get("/"));
        List<String> loaded = new ArrayList<>();
        Matcher matcher = LOADED.matcher(text(page));
        while (matcher.find()) {
            loaded.add(matcher.group(1).replace("&amp;", "&"));
        }
        assertThat(loaded).anyMatch(file -> file.contains("htmx")).anyMatch(file -> file.contains("shop.css"));
        int sum = page.length;
        for (String file : loaded) {
            HttpURLConnection connection = get(file);
            assertThat(connection.getResponseCode()).as(file).isEqualTo(200);
            assertThat(connection.getHeaderField("Cache-Control")).as(file).contains("max-age=31536000");
            sum += bytes(connection).length;
        }
        assertThat(sum).as("bytes of a first visit").isLessThan(BYTES_MAX);
    }

    @Test
    void answersOfTheApiAreNotSqueezed() throws IOException {
        for (String address : List.of("/products?size=100", "/v3/api-docs", "/campaigns")) {
            HttpURLConnection connection = get(address);
            assertThat(connection.getResponseCode()).as(address).isEqualTo(200);
            assertThat(connection.getContentEncoding()).as(address).isNull();
        }
        assertThat(get("/").getContentEncoding()).isEqualTo("gzip");
    }
}
