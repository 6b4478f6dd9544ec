package kr.hhplus.commerce.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** A person with a browser that runs no scripts: it keeps cookies, sends forms, and stops at redirects. */
public final class Visit {

    private final URI base;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private Visit(int port) {
        base = URI.create("http://127.0.0.1:" + port);
    }

    /** Whoever comes to a local shop is user 1 until they say otherwise. */
    public static Visit asUser(int port, long user, String language) {
        Visit visit = new Visit(port);
        visit.get("/?lang=" + language);
        visit.post("/shop/visitor", Map.of("user", String.valueOf(user)));
        return visit;
    }

    public Shown get(String address) {
        return send(request(address).GET().build());
    }

    public Shown post(String address, Map<String, String> fields) {
        return send(form(address, fields));
    }

    public CompletableFuture<Shown> postAsync(String address, Map<String, String> fields) {
        return http.sendAsync(form(address, fields), BodyHandlers.ofString()).thenApply(Visit::shown);
    }

    /** The form of a page that is sent to an address, with its hidden fields, and with what is typed. */
    public Shown submit(Shown page, String action, Map<String, String> typed) {
        return post(action, filled(page, action, typed));
    }

    public static Map<String, String> filled(Shown page, String action, Map<String, String> typed) {
        Map<String, String> fields = new HashMap<>(page.hiddenFields(action));
        fields.putAll(typed);
        return fields;
    }

    public Shown follow(Shown redirect) {
        return get(redirect.location());
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(base.resolve(address)).header("Accept", "text/html,application/xhtml+xml,*/*");
    }

    private HttpRequest form(String address, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Shown send(HttpRequest request) {
        try {
            return shown(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Shown shown(HttpResponse<String> response) {
        return new Shown(
                response.statusCode(),
                response.headers().firstValue("Location").orElse(null),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }
}
