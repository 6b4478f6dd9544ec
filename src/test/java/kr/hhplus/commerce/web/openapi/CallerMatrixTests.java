package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.OPERATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.SecretTokens;
import kr.hhplus.commerce.testkit.Visit;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ContextConfiguration;

/**
 * Every operation of the document, called by everybody who may not: each cell is refused as the contract says, changes
 * nothing and shows nothing of the victim's; and the one who may is let in. A new operation needs a row.
 */
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.rate-limit.enabled=false",
            "commerce.wallet.self-charge=false",
            "commerce.accounts.signing-key=" + CallerMatrixTests.KEY
        })
class CallerMatrixTests {

    static final String KEY = "Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu";

    private static final Logger log = LoggerFactory.getLogger(CallerMatrixTests.class);
    private static final String OTHER_KEY = "Zm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEz";
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final String PASSWORD = "Purple-Kettle-42";
    private static final long ADMIN = 900;
    private static final long OTHER_ADMIN = 901;
    /** They come last: they end the sessions and tokens of the other rows. */
    private static final Set<String> END_CREDENTIALS = Set.of("signOutEverywhere", "changePassword");

    private static final String EXTRAS = "'role':'ADMIN','paidAmount':0,'sequence':1,";
    private static final List<String> BOOKS = List.of(
            "wallet",
            "ledger_entry",
            "(SELECT id, status, refunded_amount FROM top_up) top_ups",
            "(SELECT id, amount FROM top_up_refund) refunds",
            "orders",
            "order_refund",
            "reservation",
            "coupon",
            "product",
            "stock_movement",
            "campaign",
            "order_event",
            "sale",
            "idempotency_key",
            "(SELECT replay_id, from_position, to_position, requested_at FROM feed_replay) replay",
            "account",
            "user_number",
            "personal_access_token");

    /**
     * Who may: everybody, a user, a user by a page's session, other back-ends and administrators, administrators,
     * administrators by a page's session.
     */
    private enum Need {
        NOTHING,
        USER,
        SESSION,
        FEED,
        ADMIN,
        ADMIN_SESSION
    }

    /** Somebody with orders, a reservation, a coupon, top-ups and a personal access token. */
    private record Person(
            long userId,
            String orderId,
            String returnedId,
            String sentId,
            String couponId,
            String topUpId,
            String paidId,
            String mismatchedId,
            String tokenId,
            String reservationId,
            String session) {

        Person withCouponOf(Person owner) {
            return new Person(
                    userId,
                    orderId,
                    returnedId,
                    sentId,
                    owner.couponId,
                    topUpId,
                    paidId,
                    mismatchedId,
                    tokenId,
                    reservationId,
                    session);
        }
    }

    private record Filled(String target, String body) {}

    /** How an operation is called, with {@code <user>}, {@code <order>}, {@code <coupon>} for whoever is meant. */
    private record Row(Need need, String target, String body) {

        private static final AtomicInteger FRESH = new AtomicInteger();

        static Row of(String line) {
            String[] parts = line.split("\\|", 4);
            return new Row(Need.valueOf(parts[1].strip()), parts[2].strip(), parts[3].strip());
        }

        boolean names(String thing) {
            return (target + body).contains("<" + thing + ">");
        }

        Filled of(Person person) {
            return new Filled(fill(target, person), fill(body, person));
        }

        private static String fill(String text, Person person) {
            return text.replace("<user>", String.valueOf(person.userId()))
                    .replace("<order>", person.orderId())
                    .replace("<returned>", person.returnedId())
                    .replace("<sent>", person.sentId())
                    .replace("<coupon>", person.couponId())
                    .replace("<top-up>", person.topUpId())
                    .replace("<paid>", person.paidId())
                    .replace("<mismatched>", person.mismatchedId())
                    .replace("<token>", person.tokenId())
                    .replace("<reservation>", person.reservationId())
                    .replace("<fresh>", text.contains("<fresh>") ? "fresh" + FRESH.incrementAndGet() : "");
        }
    }

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private final Map<String, Row> rows = rows();
    private final List<String> leaks = new ArrayList<>();
    private Person victim;
    private Person other;
    private String chiefsSession;
    private Wire wire;
    private int cells;

    private static Map<String, Row> rows() {
        try (InputStream text = CallerMatrixTests.class.getResourceAsStream("/openapi/callers.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toMap(line -> line.split(" ", 2)[0], Row::of, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void letsNobodyInWhoMayNot() {
        wire = new Wire(port);
        assertThat(rows.keySet())
                .as("rows of this matrix; a new operation needs one")
                .isEqualTo(OPERATIONS.all().stream().map(Operation::id).collect(Collectors.toSet()));
        openTheShop();
        List<Operation> operations = new ArrayList<>(OPERATIONS.all());
        operations.sort(Comparator.comparing(operation -> END_CREDENTIALS.contains(operation.id())));
        for (Operation operation : operations) {
            Row row = rows.get(operation.id());
            withoutAToken(operation, row);
            asTheWrongOne(operation, row);
            asTheRightOne(operation, row);
        }
        log.info("caller matrix: {} operations, {} cells, {} leaks", rows.size(), cells, leaks.size());
        assertThat(leaks).as("of %d cells", cells).isEmpty();
        assertThat(cells).isGreaterThan(150);
    }

    private void withoutAToken(Operation operation, Row row) {
        Object subject = row.need() == Need.ADMIN ? ADMIN : victim.userId();
        String[] roles = {"USER", "ADMIN", "SERVICE"};
        String expired = SecretTokens.signed(KEY, SecretTokens.claims(subject, Duration.ofHours(-1), roles));
        String wrongKey = SecretTokens.signed(OTHER_KEY, SecretTokens.claims(subject, SOON, roles));
        String unsigned = SecretTokens.unsigned(SecretTokens.claims(subject, SOON, roles));
        unauthenticated(operation, row, "no token", null);
        unauthenticated(operation, row, "expired", expired);
        unauthenticated(operation, row, "wrong key", wrongKey);
        unauthenticated(operation, row, "alg none", unsigned);
        unauthenticated(operation, row, "no JWT", "nonsense");
    }

    private void unauthenticated(Operation operation, Row row, String column, String token) {
        if (row.need() == Need.NOTHING) {
            cell(operation, column, send(operation, row.of(other), token), Set.of(200, 201), Set.of(""));
        } else {
            refused(operation, column, row.of(victim), token, 401, "UNAUTHENTICATED");
        }
    }

    private void asTheWrongOne(Operation operation, Row row) {
        String user = SecretTokens.token(KEY, other.userId(), "USER");
        String service = SecretTokens.token(KEY, "billing", "SERVICE");
        boolean ofAdministrators = row.need() == Need.ADMIN || row.need() == Need.ADMIN_SESSION;
        if (ofAdministrators || row.need() == Need.FEED) {
            refused(operation, "a user", row.of(victim), user, 403, "FORBIDDEN");
        }
        if (ofAdministrators) {
            refused(operation, "a back-end", row.of(victim), service, 403, "FORBIDDEN");
        }
        if (row.need() == Need.ADMIN_SESSION) {
            String admin = SecretTokens.token(KEY, ADMIN, "USER", "ADMIN");
            refused(operation, "a user's session", row.of(victim), other.session(), 403, "FORBIDDEN");
            refused(operation, "an administrator's token", row.of(victim), admin, 403, "FORBIDDEN");
        }
        if (row.need() == Need.SESSION) {
            refused(operation, "a token", row.of(victim), user, 403, "FORBIDDEN");
        }
        if (row.names("token")) {
            String before = books();
            Reply nothing = send(operation, row.of(victim), user);
            cell(operation, "another user", nothing, Set.of(200), Set.of(""));
            showsNothingOf(operation, "another user", nothing);
            assertThat(books()).isEqualTo(before);
        }
        if (row.names("user")) {
            refused(operation, "another user", row.of(victim), user, 403, "FORBIDDEN");
        }
        if (row.names("order") || row.names("returned")) {
            refused(operation, "another user", row.of(victim), user, 404, "ORDER_NOT_FOUND");
        }
        if (row.names("top-up")) {
            refused(operation, "another user", row.of(victim), user, 404, "TOP_UP_NOT_FOUND");
        }
        if (row.names("coupon")) {
            refused(operation, "another's coupon", row.of(other.withCouponOf(victim)), user, 404, "COUPON_NOT_FOUND");
        }
    }

    /** The one who may, under a key; then somebody else who may, under the same key, with extra fields and without. */
    private void asTheRightOne(Operation operation, Row row) {
        boolean keyed = operation.method().equals("POST");
        String[] key = keyed ? new String[] {"Idempotency-Key: key-of-" + operation.id()} : new String[0];
        String mine = token(row, victim, ADMIN);
        String theirs = token(row, other, OTHER_ADMIN);
        cell(operation, "right", send(operation, row.of(victim), mine, key), Set.of(200, 201, 202), Set.of(""));
        boolean showsAll = row.need() != Need.USER;
        Filled filled = row.of(other);
        boolean takesAnything = operation.id().equals("receiveWebhook");
        if (!filled.body().isEmpty() && !takesAnything) {
            Filled extended = new Filled(
                    filled.target(),
                    filled.body().replaceFirst("\\{", "{" + EXTRAS).replace(",}", "}"));
            refused(operation, "extra fields", extended, theirs, 400, "INVALID_REQUEST");
        } else if (!takesAnything) {
            String more = (filled.target().contains("?") ? "&" : "?") + "role=ADMIN&as=" + victim.userId();
            if (!keyed) {
                Filled extended = new Filled(filled.target() + more, "");
                refused(operation, "extra parameters", extended, theirs, 400, "INVALID_REQUEST");
                own(operation, "nothing extra", send(operation, filled, theirs), showsAll);
            }
        }
        if (keyed && !takesAnything) {
            own(operation, "another's key", send(operation, filled, theirs, key), row.need() == Need.FEED);
        }
    }

    private String token(Row row, Person person, long admin) {
        return switch (row.need()) {
            case NOTHING -> null;
            case SESSION -> person.session();
            case USER -> SecretTokens.token(KEY, person.userId(), "USER");
            case FEED -> SecretTokens.token(KEY, admin == ADMIN ? "billing" : "shipping", "SERVICE");
            case ADMIN -> SecretTokens.token(KEY, admin, "USER", "ADMIN");
            case ADMIN_SESSION -> chiefsSession;
        };
    }

    private void own(Operation operation, String column, Reply reply, boolean showsAll) {
        cell(operation, column, reply, Set.of(200, 201, 202), Set.of(""));
        if (reply.headers().containsKey("Idempotent-Replayed")) {
            leaks.add(operation.id() + ", " + column + ": somebody else's answer");
        }
        if (!showsAll) {
            showsNothingOf(operation, column, reply);
        }
    }

    private void refused(Operation operation, String column, Filled filled, String token, int status, String code) {
        String before = books();
        Reply reply = send(operation, filled, token);
        cell(operation, column, reply, Set.of(status), Set.of(code));
        showsNothingOf(operation, column, reply);
        if (!books().equals(before)) {
            leaks.add(operation.id() + ", " + column + ": the books have changed");
        }
    }

    private void cell(Operation operation, String column, Reply reply, Set<Integer> statuses, Set<String> codes) {
        cells++;
        String code = reply.status() < 300 ? "" : reply.code();
        if (!statuses.contains(reply.status()) || !codes.contains(code)) {
            leaks.add(operation.id() + ", " + column + ": " + reply.status() + " " + reply.body());
        }
    }

    /** What only the victim and those who act for everybody may see. */
    private void showsNothingOf(Operation operation, String column, Reply reply) {
        String body = reply.body().replaceFirst("\"instance\":\"[^\"]*\"", "");
        for (String secret : List.of(
                victim.orderId(),
                victim.couponId(),
                victim.topUpId(),
                victim.tokenId(),
                "\"userId\":" + victim.userId())) {
            if (body.contains(secret)) {
                leaks.add(operation.id() + ", " + column + ": shows " + secret + " in " + reply.body());
            }
        }
    }

    private Reply send(Operation operation, Filled filled, String token, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        if (token != null) {
            all.addAll(
                    token.startsWith("Cookie: ") ? token.lines().toList() : List.of("Authorization: Bearer " + token));
        }
        if (!filled.body().isEmpty()) {
            all.add("Content-Type: application/json");
        }
        byte[] body = filled.body().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        String[] parts = filled.target().split("\\?", 2);
        RawRequest request =
                new RawRequest(operation.method(), parts[0], parts.length > 1 ? parts[1] : "", all, body, false);
        Reply reply = request.send(wire);
        request.check(reply);
        return reply;
    }

    /** All rows that a call could change, without what goes on by itself: a replay's progress. */
    private String books() {
        TreeMap<String, List<String>> books = new TreeMap<>();
        BOOKS.forEach(table -> books.put(
                table,
                sql.queryForList("SELECT * FROM " + table).stream()
                        .map(row -> row.values().stream()
                                .map(value -> value instanceof byte[] bytes
                                        ? HexFormat.of().formatHex(bytes)
                                        : String.valueOf(value))
                                .toList()
                                .toString())
                        .sorted()
                        .toList()));
        return books.toString();
    }

    private void openTheShop() {
        String admin = SecretTokens.token(KEY, ADMIN, "ADMIN");
        must("/admin/products", "{'name':'Cup','price':100,'stock':1000}", admin);
        String campaign = "'discount':{'type':'FIXED','value':10},'minOrderAmount':0,'totalQuantity':100,"
                + "'startsAt':'2020-01-01T00:00:00Z','endsAt':'2099-01-01T00:00:00Z','couponValidDays':7}";
        for (String name : List.of("One", "Two", "Three")) {
            must("/admin/campaigns", "{'name':'" + name + "'," + campaign, admin);
        }
        makeAdministrators();
        victim = person("victim");
        other = person("other");
    }

    /** The first account, 1000000000001, is made an administrator and removed; the second one is the last. */
    private void makeAdministrators() {
        for (String name : List.of("spare", "chief")) {
            must("/users", "{'name':'" + name + "','password':'" + PASSWORD + "'}", null);
        }
        sql.update("UPDATE account SET admin = TRUE WHERE user_id = 1000000000002");
        Visit chief = new Visit(port).signIn("chief", PASSWORD);
        chief.get("/account");
        chiefsSession = session(chief);
    }

    private Person person(String name) {
        long userId = must("/users", "{'name':'" + name + "','password':'" + PASSWORD + "'}", null)
                .json()
                .get("userId")
                .asLong();
        String token = SecretTokens.token(KEY, userId, "USER");
        must("/balance/charge", "{'userId':" + userId + ",'amount':1000000}", SecretTokens.token(KEY, ADMIN, "ADMIN"));
        String coupon = must("/coupons/issue", "{'campaignId':1}", token)
                .json()
                .get("couponId")
                .asText();
        String order = order(token);
        String returned = order(token);
        String sent = order(token);
        String topUp = topUp(token);
        String paid = topUp(token);
        must("/top-ups/" + paid + "/confirm", "{'paymentKey':'sandbox-approve'}", token);
        String mismatched = topUp(token);
        must("/top-ups/" + mismatched + "/confirm", "{'paymentKey':'sandbox-other-amount'}", token);
        String reservation = must("/reservations", "{'items':[{'productId':1,'quantity':1}]}", token)
                .json()
                .get("reservationId")
                .asText();
        Visit visit = new Visit(port).signIn(name, PASSWORD);
        visit.token();
        String tokenId = wire.get("/account/tokens", "Authorization: Bearer " + token)
                .json()
                .at("/items/0/tokenId")
                .asText();
        return new Person(
                userId, order, returned, sent, coupon, topUp, paid, mismatched, tokenId, reservation, session(visit));
    }

    private static String session(Visit visit) {
        return "Cookie: session=" + visit.cookie("session") + "; csrf=" + visit.cookie("csrf") + "\n" + visit.csrf();
    }

    private String order(String token) {
        return must("/orders", "{'items':[{'productId':1,'quantity':1}]}", token)
                .json()
                .get("orderId")
                .asText();
    }

    private String topUp(String token) {
        return must("/top-ups", "{'amount':1000}", token).json().get("topUpId").asText();
    }

    private Reply must(String path, String body, String token) {
        String[] headers = token == null ? new String[0] : new String[] {"Authorization: Bearer " + token};
        Reply reply = wire.post(path, "application/json", body.replace('\'', '"'), headers);
        assertThat(reply.status()).as(path + " " + reply.body()).isBetween(200, 299);
        return reply;
    }
}
