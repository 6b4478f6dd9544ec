package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.OPERATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Requests made out of the document, most of them odd: none breaks the server, every answer is announced, what is ruled
 * out is refused, and what is refused leaves the books as they were. {@code -Dodd.seed} and {@code -Dodd.requests} say
 * which and how many.
 */
@RealServer
class FuzzedRequestsTests {

    private static final long SEED = Long.getLong("odd.seed", 20_261_122L);
    private static final int REQUESTS = Integer.getInteger("odd.requests", 130);
    private static final int USERS = 6;

    /** A webhook is a hint: the payment is asked for at its provider, whatever the body says. */
    private static final String TAKES_ANY_BODY = "receiveWebhook";

    private static final int ORDERS_PER_USER = 8;
    private static final byte[] NOTHING = {};

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private final Random random = new Random(SEED);
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Integer> taken = new TreeMap<>();
    private Wire wire;
    private OddValues values;
    private int sent;

    @BeforeEach
    void openTheShop() {
        wire = new Wire(port);
        String day = "\"startsAt\":\"2026-01-01T00:00:00Z\",\"endsAt\":\"2099-01-01T00:00:00Z\"";
        for (int i = 1; i <= USERS; i++) {
            must("/admin/products", "{\"name\":\"Thing " + i + "\",\"price\":" + i * 100 + ",\"stock\":1000000}");
            must("/balance/charge", "{\"userId\":" + i + ",\"amount\":10000000}");
        }
        for (int i = 0; i < 3; i++) {
            must(
                    "/admin/campaigns",
                    "{\"name\":\"Off\",\"discount\":{\"type\":\"FIXED\",\"value\":100},\"minOrderAmount\":0,"
                            + "\"totalQuantity\":1000," + day + ",\"couponValidDays\":7}");
        }
        List<String> coupons = new ArrayList<>();
        List<String> orders = new ArrayList<>(List.of("none", "0000000000000"));
        List<String> topUps = new ArrayList<>(List.of("none", "0000000000000"));
        List<String> reservations = new ArrayList<>(List.of("none", "0000000000000"));
        for (int i = 1; i <= USERS; i++) {
            Reply coupon = must("/coupons/issue", "{\"userId\":" + i + ",\"campaignId\":1}");
            coupons.add(coupon.json().get("couponId").asText());
            String one = "\"items\":[{\"productId\":" + i + ",\"quantity\":1}]";
            String everything = IntStream.rangeClosed(1, USERS)
                    .mapToObj(product -> "{\"productId\":" + product + ",\"quantity\":20}")
                    .collect(Collectors.joining(",", "\"items\":[", "]"));
            // Enough that some are left to refund and to fulfil once others are cancelled.
            for (int j = 0; j < ORDERS_PER_USER; j++) {
                String items = j % 2 == 0 ? everything : one;
                orders.add(must("/orders", "{\"userId\":" + i + "," + items + "}")
                        .json()
                        .get("orderId")
                        .asText());
            }
            reservations.add(must("/reservations", "{\"userId\":" + i + "," + one + "}")
                    .json()
                    .get("reservationId")
                    .asText());
            topUps.add(topUp(i));
            String mismatched = topUp(i);
            must("/top-ups/" + mismatched + "/confirm", "{\"paymentKey\":\"sandbox-other-amount\"}");
            topUps.add(mismatched);
        }
        List<String> cursors = List.of("", "MSA", "0000000000002", orders.get(3), "nonsense", "____");
        values = new OddValues(
                random,
                Map.of(
                        "orderId", orders,
                        "topUpId", topUps,
                        "reservationId", reservations,
                        "provider", List.of("sandbox", "toss"),
                        "date", List.of("2026-01-01", "2026-11-22"),
                        "paymentKey", List.of("sandbox-approve", "sandbox-decline"),
                        "couponId", coupons,
                        "cursor", cursors,
                        "after", cursors,
                        "from", List.of("0000000000001", "0000000000003", "2020-01-01T00:00:00Z")));
    }

    private String topUp(long user) {
        return must("/top-ups", "{\"userId\":" + user + ",\"amount\":1000}").text("topUpId");
    }

    private Reply must(String path, String body) {
        Reply reply = wire.post(path, "application/json", body);
        assertThat(reply.status()).as(reply.body()).isBetween(200, 202);
        return reply;
    }

    @Test
    void areAnsweredByTheContractAndLeaveNothingBehindWhereRefused() {
        for (Operation operation : OPERATIONS.withoutAccounts()) {
            if (operation.id().equals(TAKES_ANY_BODY)) {
                continue;
            }
            OddRequests requests = new OddRequests(operation, values, random);
            taken.put(operation.id(), 0);
            String before = books();
            for (int i = 0; i < REQUESTS; i++) {
                RawRequest request = i % 5 == 0 ? requests.fitting() : requests.odd();
                int status = send(operation.id(), request);
                String after = books();
                if (!after.equals(before)
                        && (status >= 400 || operation.method().equals("GET"))) {
                    findings.add(status + ", but the books changed: " + request + "\n  " + before + "\n  " + after);
                }
                before = after;
            }
        }
        assertThat(taken).as("seed " + SEED).doesNotContainValue(0);
        for (RawRequest request : oddPathsAndMethods()) {
            send("outside", request);
        }
        assertThat(findings).as("seed " + SEED + ", " + sent + " requests").isEmpty();
        assertThat(wire.get("/admin/audit").json().get("ok").asBoolean()).isTrue();
    }

    private int send(String operation, RawRequest request) {
        sent++;
        Reply reply = request.send(wire);
        if (reply.status() >= 500) {
            findings.add("broke: " + request + " → " + reply.body());
        } else if (reply.status() < 400 && request.ruledOut()) {
            findings.add("taken: " + request + " → " + reply.body());
        } else {
            try {
                request.check(reply);
            } catch (AssertionError e) {
                findings.add("not announced: " + request + " → " + e.getMessage());
            }
        }
        taken.merge(operation, reply.status() < 300 ? 1 : 0, Integer::sum);
        return reply.status();
    }

    private List<RawRequest> oddPathsAndMethods() {
        List<RawRequest> requests = new ArrayList<>();
        Stream.of(
                        "/nowhere",
                        "/orders/",
                        "/Orders",
                        "/products/best-seller/",
                        "/products/1/",
                        "/orders/a/cancel/b",
                        "/products/1.json",
                        "/admin",
                        "/admin/products/x/y",
                        "/error",
                        "/actuator/env",
                        "/favicon.ico",
                        "/" + "x".repeat(4000))
                .forEach(path -> requests.add(new RawRequest("GET", path, "", List.of(), NOTHING, true)));
        for (Operation operation : OPERATIONS.withoutAccounts()) {
            String path = operation.path().getPatternString().replaceAll("\\{\\w+}", "1");
            for (String method : List.of("DELETE", "PUT", "PATCH", "POST", "GET", "FOO")) {
                boolean known =
                        OPERATIONS.at(path).stream().anyMatch(o -> o.method().equals(method));
                if (!known) {
                    requests.add(new RawRequest(method, path, "", List.of(), NOTHING, true));
                }
            }
        }
        return requests;
    }

    /** What a request can change, but not what follows from it by itself. */
    private String books() {
        StringBuilder books = new StringBuilder();
        // Without purchase_counting, which changes by itself once earlier orders are counted, and with the sum of stock
        // and held pieces, because reservations expire by themselves.
        String product = "(SELECT id, name, description, price, stock + held, purchase_limit, sale_starts_at,"
                + " sale_ends_at, reservable FROM product) p";
        for (String rows : List.of(product, "wallet", "campaign", "sale")) {
            books.append(sql.queryForList("SELECT * FROM " + rows + " ORDER BY 1")
                            .hashCode())
                    .append(' ');
        }
        List<String> counted =
                List.of("ledger_entry", "stock_movement", "coupon", "orders", "reservation", "order_event");
        for (String table :
                Stream.concat(counted.stream(), Stream.of("idempotency_key")).toList()) {
            books.append(table)
                    .append('=')
                    .append(sql.queryForObject("SELECT COUNT(*) FROM " + table, Long.class))
                    .append(' ');
        }
        return books.toString();
    }
}
