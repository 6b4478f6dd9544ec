package kr.hhplus.commerce.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A person with a browser that runs no scripts: it keeps cookies and the CSRF token of the last form, sends forms, and
 * stops at redirects.
 */
public final class Visit {

    private static final Pattern COOKIE = Pattern.compile("(?:^|, )([\\w.-]+)=([^;]*);([^,]*(?:Expires=[^,]*,[^,]*)?)");
    private static final Pattern SECRET = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final Wire wire;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final List<String> languages = new ArrayList<>();
    private String secret = "";

    public Visit(int port) {
        wire = new Wire(port);
    }

    /** In a browser whose language this is. */
    public Visit(int port, String language) {
        this(port);
        languages.add("Accept-Language: " + language);
    }

    /** In a browser that sends this header with everything. */
    public Visit saying(String header) {
        languages.add(header);
        return this;
    }

    /** At a local shop, where a visitor is user 1 until another is chosen. */
    public static Visit asUser(int port, long user, String language) {
        Visit visit = new Visit(port);
        visit.get("/?lang=" + language);
        visit.post("/shop/visitor", Map.of("user", String.valueOf(user)));
        return visit;
    }

    /** The same browser, at another instance. */
    public Visit at(int port) {
        Visit there = new Visit(port);
        there.cookies.putAll(cookies);
        there.languages.addAll(languages);
        there.secret = secret;
        return there;
    }

    public Reply get(String target, String... headers) {
        return remembered(wire.get(target, with(headers)));
    }

    /** Sends a form, with the secret that the last form had. */
    public Reply post(String target, String... namesAndValues) {
        List<String> all = new ArrayList<>(List.of(namesAndValues));
        all.addAll(List.of("_csrf", secret));
        return postWithoutSecret(target, all.toArray(new String[0]));
    }

    public Reply postWithoutSecret(String target, String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return post(target, fields);
    }

    /** Sends these fields and no other. */
    public Reply post(String target, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return remembered(
                wire.post(target, "application/x-www-form-urlencoded", form, with("Accept: text/html,*/*;q=0.8")));
    }

    public CompletableFuture<Reply> postAsync(String target, Map<String, String> fields) {
        return CompletableFuture.supplyAsync(() -> post(target, fields));
    }

    /** Sends the form of a page that leads to an address, with its hidden fields, and with what is typed. */
    public Reply submit(Reply page, String action, Map<String, String> typed) {
        return post(action, filled(page, action, typed));
    }

    public static Map<String, String> filled(Reply page, String action, Map<String, String> typed) {
        Map<String, String> fields = new LinkedHashMap<>(page.hiddenFields(action));
        fields.putAll(typed);
        return fields;
    }

    public Reply follow(Reply redirect) {
        return get(redirect.location());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A call of the API, as a script of a page makes it. */
    public Reply call(String target, String json, String... headers) {
        return wire.post(target, "application/json", json.replace('\'', '"'), with(headers));
    }

    private String[] with(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(languages);
        if (all.stream().noneMatch(header -> header.startsWith("Accept:"))) {
            all.add("Accept: text/html,application/json;q=0.9,*/*;q=0.8");
        }
        if (!cookies.isEmpty()) {
            all.add("Cookie: "
                    + cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return all.toArray(new String[0]);
    }

    private Reply remembered(Reply reply) {
        Matcher set = COOKIE.matcher(reply.headers().getOrDefault("Set-Cookie", ""));
        while (set.find()) {
            if (set.group(3).contains("Max-Age=0")) {
                cookies.remove(set.group(1));
            } else {
                cookies.put(set.group(1), set.group(2));
            }
        }
        Matcher form = SECRET.matcher(reply.body());
        if (form.find()) {
            secret = form.group(1);
        }
        return reply;
    }

    public String cookie(String name) {
        return cookies.get(name);
    }

    public Visit having(String cookie, String value) {
        cookies.put(cookie, value);
        return this;
    }

    public String secret() {
        return secret;
    }

    public Visit withSecret(String other) {
        secret = other;
        return this;
    }

    /** Signs up by the page for that. */
    public Visit signUp(String name, String password) {
        get("/sign-up");
        return done(post("/sign-up", "name", name, "password", password, "key", "key-of-" + name));
    }

    public Visit signIn(String name, String password) {
        get("/sign-in");
        return done(post("/sign-in", "name", name, "password", password));
    }

    /** Makes a personal access token, as a script of a page does. */
    public String token() {
        Reply created = call("/account/tokens", "{'name':'of a test','days':1}", csrf());
        if (created.status() != 201) {
            throw new AssertionError("no token: " + created);
        }
        return created.json().get("token").asText();
    }

    /** The header that a script of a page sends with a call. */
    public String csrf() {
        return "X-CSRF-Token: " + secret;
    }

    public Reply delete(String target, String... headers) {
        return wire.delete(target, with(headers));
    }

    /** Goes where the answer says, and looks at the form there. */
    private Visit done(Reply reply) {
        if (reply.status() != 303) {
            throw new AssertionError("not signed in: " + reply);
        }
        get("/account");
        return this;
    }
}
