package kr.hhplus.commerce.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Speaks to the instances of a shop in turn. Sends each call once, for the JDK's client repeats no POST of its own
 * accord; one that could not connect, and so was never sent, goes to the next instance.
 */
public final class Client {

    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(30);
    private static final Duration ANSWER_OF_ONE_OF_MANY_WAIT_MAX = Duration.ofSeconds(8);
    private static final int PAGES_MAX = 10_000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Turns turns;
    private volatile Function<Call, String> tokens = call -> null;

    public Client(URI... bases) {
        this.turns = new Turns(bases);
    }

    /** Shows what this gives as a bearer token with each call from now on; nothing where it is null. */
    public void showing(Function<Call, String> tokenOf) {
        tokens = tokenOf;
    }

    /**
     * @throws ConnectException, HttpConnectTimeoutException where no instance could be reached
     * @throws IOException where no answer came, so that what became of the call is unknown
     */
    public Reply attempt(Call call) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            URI base = turns.next();
            try {
                HttpResponse<String> response = http.send(request(base, call), BodyHandlers.ofString());
                if (response.headers()
                        .firstValue("Connection")
                        .filter("close"::equals)
                        .isPresent()) {
                    turns.rest(base);
                }
                return reply(response);
            } catch (ConnectException | HttpConnectTimeoutException e) {
                turns.rest(base);
                if (attempt >= turns.size()) {
                    throw e;
                }
            } catch (HttpTimeoutException e) {
                turns.rest(base);
                throw e;
            }
        }
    }

    /** Sends what has to be answered, by the contract. */
    public Reply send(Call call) {
        try {
            return attempt(call).checkedAgainst(call);
        } catch (IOException e) {
            throw new UncheckedIOException(call + " got no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public CompletableFuture<Reply> sendAsync(Call call) {
        return http.sendAsync(request(turns.next(), call), BodyHandlers.ofString())
                .thenApply(response -> reply(response).checkedAgainst(call));
    }

    /** Sends what has to succeed. */
    public Reply must(Call call) {
        Reply reply = send(call);
        if (!reply.done()) {
            throw new AssertionError(call + " was answered with " + reply);
        }
        return reply;
    }

    /** Every item of a list, page by page. */
    public List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String paged = path + (path.contains("?") ? "&" : "?") + "size=100";
        JsonNode page = must(Call.get(paged)).json();
        for (int pages = 1; pages < PAGES_MAX; pages++) {
            page.required("items").forEach(items::add);
            if (page.required("nextCursor").isNull()) {
                return items;
            }
            page = must(Call.get(paged + "&cursor=" + page.get("nextCursor").textValue()))
                    .json();
        }
        throw new AssertionError(path + " does not end after " + PAGES_MAX + " pages");
    }

    /** The whole feed of order events, as a data platform would pull it. */
    public List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        String after = "";
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            JsonNode page = must(Call.get("/events?limit=1000" + after)).json();
            if (page.required("items").isEmpty()) {
                return events;
            }
            page.get("items").forEach(events::add);
            after = "&after=" + page.required("nextCursor").textValue();
        }
        throw new AssertionError("the feed does not end after " + PAGES_MAX + " pages");
    }

    private HttpRequest request(URI base, Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(call.path()))
                .timeout(turns.size() == 1 ? ANSWER_WAIT_MAX : ANSWER_OF_ONE_OF_MANY_WAIT_MAX);
        String token = tokens.apply(call);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (call.key() != null) {
            request.header("Idempotency-Key", call.key());
        }
        if (call.body() == null) {
            return request.method(call.method(), BodyPublishers.noBody()).build();
        }
        String type = call.method().equals("PATCH") ? "application/merge-patch+json" : "application/json";
        try {
            return request.header("Content-Type", type)
                    .method(call.method(), BodyPublishers.ofString(JSON.writeValueAsString(call.body())))
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        return Reply.of(response.statusCode(), response.headers().map(), response.body());
    }
}
