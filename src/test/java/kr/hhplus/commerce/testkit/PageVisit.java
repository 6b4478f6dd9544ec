package kr.hhplus.commerce.testkit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser remembers from page to page: its cookies, and the secret of the forms that it has seen. */
public final class PageVisit {

    private static final Pattern COOKIE = Pattern.compile("(?:^|, )([a-z]+)=([^;]*);([^,]*(?:Expires=[^,]*,[^,]*)?)");
    private static final Pattern SECRET = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final Wire wire;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String secret = "";

    public PageVisit(int port) {
        wire = new Wire(port);
    }

    /** The same browser, at another instance. */
    public PageVisit at(int port) {
        PageVisit there = new PageVisit(port);
        there.cookies.putAll(cookies);
        there.secret = secret;
        return there;
    }

    public Wire.Reply get(String target, String... headers) {
        return remembered(wire.get(target, with(headers)));
    }

    /** Sends a form, with the secret that the last form had. */
    public Wire.Reply post(String target, String... namesAndValues) {
        List<String> all = new ArrayList<>(List.of(namesAndValues));
        all.addAll(List.of("_csrf", secret));
        return postWithoutSecret(target, all.toArray(new String[0]));
    }

    public Wire.Reply postWithoutSecret(String target, String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
        }
        return remembered(wire.post(
                target, "application/x-www-form-urlencoded", form.toString(), with("Accept: text/html,*/*;q=0.8")));
    }

    /** A call of the API, as a script of a page makes it. */
    public Wire.Reply call(String target, String json, String... headers) {
        return wire.post(target, "application/json", json.replace('\'', '"'), with(headers));
    }

    private String[] with(String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
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

    private Wire.Reply remembered(Wire.Reply reply) {
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

    public PageVisit having(String cookie, String value) {
        cookies.put(cookie, value);
        return this;
    }

    public String secret() {
        return secret;
    }

    public PageVisit withSecret(String other) {
        secret = other;
        return this;
    }

    /** Signs up by the page for that. */
    public PageVisit signUp(String name, String password) {
        get("/sign-up");
        return done(post("/sign-up", "name", name, "password", password, "key", "key-of-" + name));
    }

    public PageVisit signIn(String name, String password) {
        get("/sign-in");
        return done(post("/sign-in", "name", name, "password", password));
    }

    /** Goes where the answer says, and looks at the form there. */
    private PageVisit done(Wire.Reply reply) {
        if (reply.status() != 303) {
            throw new AssertionError("not signed in: " + reply);
        }
        get("/account");
        return this;
    }
}
