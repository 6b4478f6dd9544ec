package kr.hhplus.commerce.web.openapi;

import static kr.hhplus.commerce.web.openapi.Contract.OPERATIONS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.web.openapi.Operation.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The real server gives every answer that the document, and so the mock, shows; what it cannot give here is named. */
@OnDatabase
@RealServer
class EveryDocumentedResponseTests {

    /** Of any operation: the server would have to be in trouble, to limit its callers, or to want tokens of them. */
    private static final Set<String> NOT_HERE = Set.of(
            "UNAUTHENTICATED",
            "RATE_LIMITED",
            "OVERLOADED",
            "ROW_LOCKED",
            "UNAVAILABLE",
            "INTERNAL_ERROR",
            "OUTCOME_UNKNOWN",
            "SIGN_UP_CLOSED",
            "ACCOUNT_TOO_YOUNG",
            "CLAIM_REQUIRED",
            "TOP_UP_REQUIRED");

    private static final String JSON = "Content-Type: application/json";
    private static final String SUCCESS = "success";

    /** Of this run alone: the event files of another database would be ahead of this one's log. */
    @TempDir
    private static Path data;

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate sql;

    private final Set<String> seen = new TreeSet<>();
    private final Map<String, RawRequest> successes = new TreeMap<>();
    private final Map<String, String> ids = new HashMap<>();

    @DynamicPropertySource
    static void dataDirectory(DynamicPropertyRegistry properties) {
        properties.add("commerce.data-dir", data::toString);
    }

    @Test
    void isGivenByTheRealServer() throws IOException {
        balances();
        catalogue();
        campaigns();
        coupons();
        orders();
        reservations();
        cancelling();
        refunds();
        topUps();
        pages();
        keys();
        paused();
        forEveryOperation();
        tooSlow();
        Set<String> announced = new TreeSet<>();
        for (Operation operation : OPERATIONS.withoutAccounts()) {
            announced.add(operation.id() + " " + SUCCESS);
            operation.examples().stream()
                    .filter(example -> example.status() >= 400 && !NOT_HERE.contains(example.name()))
                    .map(Example::name)
                    .forEach(code -> announced.add(operation.id() + " " + code));
        }
        // Only for pages of other origins, where commerce.cors.allowed-origins is set.
        announced.remove("receiveWebhook FORBIDDEN");
        assertThat(seen).isEqualTo(announced);
    }

    private static Operation operation(String id) {
        return OPERATIONS.withoutAccounts().stream()
                .filter(operation -> operation.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Sends what follows the path's pattern, with ids in place of {@code <names>}, and wants this code. */
    private JsonNode expect(String id, String code, String target, String body, String... headers) {
        String[] parts = withIds(target).split("\\?", 2);
        List<String> all = new ArrayList<>(List.of(headers));
        String sent = withIds(body).replace('\'', '"');
        if (!sent.isEmpty()) {
            all.add(JSON);
        }
        RawRequest request = new RawRequest(
                operation(id).method(),
                parts[0],
                parts.length > 1 ? parts[1] : "",
                all,
                sent.getBytes(StandardCharsets.UTF_8),
                false);
        if (code.equals(SUCCESS)) {
            successes.putIfAbsent(id, request);
        }
        return expect(id, code, request);
    }

    private JsonNode expect(String id, String code, RawRequest request) {
        return seen(id, code, request, request.send(new Wire(port)));
    }

    private JsonNode seen(String id, String code, RawRequest request, Reply reply) {
        request.check(reply);
        String got = reply.status() < 300 ? SUCCESS : reply.code();
        assertThat(got).as(request + " → " + reply.body()).isEqualTo(code);
        seen.add(id + " " + code);
        return reply.json();
    }

    private String withIds(String text) {
        String filled = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace("<" + id.getKey() + ">", id.getValue());
        }
        return filled;
    }

    private void balances() {
        expect("chargeBalance", SUCCESS, "/balance/charge", "{'userId':1,'amount':10000000}");
        expect("chargeBalance", SUCCESS, "/balance/charge?userId=2&amount=10", "");
        expect("chargeBalance", "INVALID_REQUEST", "/balance/charge", "{'userId':1,'amount':10000001}");
        for (int i = 0; i < 10; i++) {
            expect("chargeBalance", SUCCESS, "/balance/charge", "{'userId':9,'amount':10000000}");
        }
        expect("chargeBalance", "BALANCE_LIMIT_EXCEEDED", "/balance/charge", "{'userId':9,'amount':1}");
        expect("getBalance", SUCCESS, "/balance?userId=1", "");
        expect("getBalance", "INVALID_REQUEST", "/balance?userId=0", "");
    }

    private void catalogue() {
        String create = "/admin/products";
        expect("createProduct", SUCCESS, create, "{'name':'Cup','price':1000,'stock':100}");
        expect("createProduct", SUCCESS, create, "{'name':'Rare','price':100,'stock':9,'purchaseLimit':1}");
        expect(
                "createProduct",
                SUCCESS,
                create,
                "{'name':'Soon','price':1,'stock':1,'saleStartsAt':'2099-01-01T00:00:00Z'}");
        expect("createProduct", "INVALID_REQUEST", create, "{'name':'Cup','price':-1,'stock':100}");
        expect("updateProduct", SUCCESS, "/admin/products/1", "{'description':'For tea'}");
        expect("updateProduct", "INVALID_REQUEST", "/admin/products/1", "{'name':null}");
        expect("updateProduct", "PRODUCT_NOT_FOUND", "/admin/products/99", "{}");
        expect("adjustStock", SUCCESS, "/admin/products/1/stock", "{'delta':5,'reason':'Found'}");
        expect("adjustStock", "INVALID_REQUEST", "/admin/products/1/stock", "{'delta':0,'reason':'None'}");
        expect("adjustStock", "PRODUCT_NOT_FOUND", "/admin/products/99/stock", "{'delta':1,'reason':'Found'}");
        expect("adjustStock", "INSUFFICIENT_STOCK", "/admin/products/1/stock", "{'delta':-106,'reason':'Lost'}");
        expect("getProduct", SUCCESS, "/products/1", "");
        expect("getProduct", "INVALID_REQUEST", "/products/x", "");
        expect("getProduct", "PRODUCT_NOT_FOUND", "/products/99", "");
        expect("listBestSellers", SUCCESS, "/products/best-seller", "");
        expect("listBestSellers", "INVALID_REQUEST", "/products/best-seller?range=31days", "");
    }

    private void campaigns() {
        campaign("{'type':'FIXED','value':100}", 0, 100, 2000);
        campaign("{'type':'PERCENT','value':10,'maxAmount':5}", 0, 1, 2000);
        campaign("{'type':'FIXED','value':100}", 0, 100, 2098);
        campaign("{'type':'FIXED','value':100}", 1_000_000, 100, 2000);
        expect("createCampaign", "INVALID_REQUEST", "/admin/campaigns", "{}");
        expect("updateCampaign", SUCCESS, "/admin/campaigns/1", "{'name':'Opening'}");
        expect("updateCampaign", "INVALID_REQUEST", "/admin/campaigns/1", "{'totalQuantity':0}");
        expect("updateCampaign", "CAMPAIGN_NOT_FOUND", "/admin/campaigns/99", "{}");
    }

    private void campaign(String discount, long minOrderAmount, long totalQuantity, int from) {
        String window = "'startsAt':'" + from + "-01-01T00:00:00Z','endsAt':'2099-01-01T00:00:00Z'";
        String amounts = "'minOrderAmount':" + minOrderAmount + ",'totalQuantity':" + totalQuantity;
        String rest = amounts + "," + window + ",'couponValidDays':7}";
        expect("createCampaign", SUCCESS, "/admin/campaigns", "{'name':'Off','discount':" + discount + "," + rest);
    }

    private void coupons() {
        String issue = "/coupons/issue";
        ids.put("coupon", coupon("{'userId':1,'campaignId':1}"));
        ids.put("demanding", coupon("{'userId':1,'campaignId':4}"));
        ids.put("expired", coupon("{'userId':2,'campaignId':1}"));
        sql.update("UPDATE coupon SET expires_at = '2020-01-01 00:00:00' WHERE user_id = 2");
        coupon("{'userId':1,'campaignId':2}");
        expect("issueCoupon", "INVALID_REQUEST", issue, "{'userId':1,'campaignId':0}");
        expect("issueCoupon", "CAMPAIGN_ID_REQUIRED", issue, "{'userId':3}");
        expect("issueCoupon", "CAMPAIGN_NOT_FOUND", issue, "{'userId':1,'campaignId':99}");
        expect("issueCoupon", "CAMPAIGN_NOT_OPEN", issue, "{'userId':1,'campaignId':3}");
        expect("issueCoupon", "COUPON_ALREADY_ISSUED", issue, "{'userId':1,'campaignId':1}");
        expect("issueCoupon", "COUPON_SOLD_OUT", issue, "{'userId':3,'campaignId':2}");
        sql.update("UPDATE campaign SET paused = TRUE");
        expect("issueCoupon", "NO_OPEN_CAMPAIGN", issue, "{'userId':3}");
        sql.update("UPDATE campaign SET paused = FALSE");
    }

    private String coupon(String body) {
        return expect("issueCoupon", SUCCESS, "/coupons/issue", body)
                .get("couponId")
                .asText();
    }

    private void orders() {
        ids.put(
                "order",
                order(SUCCESS, 1, 1, 1, ",'couponId':'<coupon>'").get("orderId").asText());
        order(SUCCESS, 1, 2, 1, "");
        order("INVALID_REQUEST", 1, 1, 0, "");
        order("PRODUCT_NOT_FOUND", 1, 99, 1, "");
        order("COUPON_NOT_FOUND", 1, 1, 1, ",'couponId':'<expired>'");
        order("SALE_NOT_OPEN", 1, 3, 1, "");
        order("PURCHASE_LIMIT_EXCEEDED", 1, 2, 1, "");
        order("INSUFFICIENT_STOCK", 1, 1, 10_000, "");
        order("COUPON_ALREADY_USED", 1, 1, 1, ",'couponId':'<coupon>'");
        order("COUPON_EXPIRED", 2, 1, 1, ",'couponId':'<expired>'");
        order("COUPON_NOT_APPLICABLE", 1, 1, 1, ",'couponId':'<demanding>'");
        order("INSUFFICIENT_BALANCE", 2, 1, 1, "");
        expect("getOrder", SUCCESS, "/orders/<order>", "");
        expect("getOrder", "ORDER_NOT_FOUND", "/orders/nonsense", "");
    }

    private JsonNode order(String code, int user, int product, int quantity, String coupon) {
        String line = "{'productId':" + product + ",'quantity':" + quantity + "}";
        return expect("placeOrder", code, "/orders", "{'userId':" + user + ",'items':[" + line + "]" + coupon + "}");
    }

    private void reservations() {
        ids.put("held", reserve(SUCCESS, 1, 1, 1).get("reservationId").asText());
        ids.put("given", reserve(SUCCESS, 2, 1, 1).get("reservationId").asText());
        reserve(SUCCESS, 2, 1, 1);
        reserve(SUCCESS, 2, 1, 1);
        reserve("INVALID_REQUEST", 1, 1, 0);
        reserve("PRODUCT_NOT_FOUND", 1, 99, 1);
        reserve("SALE_NOT_OPEN", 1, 3, 1);
        reserve("PURCHASE_LIMIT_EXCEEDED", 1, 2, 1);
        reserve("RESERVATION_LIMIT_EXCEEDED", 2, 1, 1);
        JsonNode last = expect("createProduct", SUCCESS, "/admin/products", "{'name':'Last','price':1,'stock':1}");
        reserve("INSUFFICIENT_STOCK", 1, last.get("productId").intValue(), 2);
        String order = "{'userId':1,'reservationId':'<held>'}";
        expect("getReservation", SUCCESS, "/reservations/<held>", "");
        expect("placeOrder", SUCCESS, "/orders", order);
        expect("placeOrder", "RESERVATION_EXPIRED", "/orders", order);
        expect("placeOrder", "RESERVATION_NOT_FOUND", "/orders", "{'userId':1,'reservationId':'nonsense'}");
        expect("getReservation", SUCCESS, "/reservations/<held>", "");
        expect("getReservation", "RESERVATION_NOT_FOUND", "/reservations/nonsense", "");
        expect("releaseReservation", SUCCESS, "/reservations/<given>", "");
        expect("releaseReservation", "RESERVATION_NOT_FOUND", "/reservations/nonsense", "");
        expect("releaseReservation", "RESERVATION_EXPIRED", "/reservations/<held>", "");
        String items = "{'userId':7,'items':[{'productId':1,'quantity':%d}]}";
        reuse("createReservation", "/reservations", "/reservations", items.formatted(1), items.formatted(2));
    }

    private JsonNode reserve(String code, int user, int product, int quantity) {
        String line = "{'productId':" + product + ",'quantity':" + quantity + "}";
        return expect("createReservation", code, "/reservations", "{'userId':" + user + ",'items':[" + line + "]}");
    }

    private void cancelling() {
        expect("cancelOrder", SUCCESS, "/orders/<order>/cancel", "");
        expect("cancelOrder", "ORDER_NOT_CANCELLABLE", "/orders/<order>/cancel", "");
        expect("cancelOrder", "ORDER_NOT_FOUND", "/orders/0000000000001/cancel", "");
        expect("cancelOrder", "INVALID_REQUEST", "/orders/<order>/cancel", "", "Idempotency-Key: a b");
        ids.put("sent", order(SUCCESS, 1, 1, 1, "").get("orderId").asText());
        expect("fulfilOrder", SUCCESS, "/admin/orders/<sent>/fulfil", "");
        expect("fulfilOrder", "ORDER_NOT_FULFILLABLE", "/admin/orders/<order>/fulfil", "");
        expect("fulfilOrder", "ORDER_NOT_FOUND", "/admin/orders/0000000000001/fulfil", "");
        expect("fulfilOrder", "INVALID_REQUEST", "/admin/orders/<sent>/fulfil", "", "Idempotency-Key: a b");
        expect("cancelOrder", "ORDER_NOT_CANCELLABLE", "/orders/<sent>/cancel", "");
    }

    private void refunds() {
        ids.put("returned", order(SUCCESS, 1, 1, 3, "").get("orderId").asText());
        String refund = "/orders/<returned>/refunds";
        String piece = "{'items':[{'productId':1,'quantity':1}]}";
        expect("refundOrder", SUCCESS, refund, piece);
        expect("refundOrder", SUCCESS, refund, piece);
        expect("refundOrder", "REFUND_EXCEEDS_ORDER", refund, piece.replace("'quantity':1", "'quantity':2"));
        expect("refundOrder", "ORDER_NOT_REFUNDABLE", "/orders/<order>/refunds", piece);
        expect("refundOrder", "ORDER_NOT_FOUND", "/orders/nonsense/refunds", piece);
        expect("refundOrder", "INVALID_REQUEST", refund, "{'items':[]}");
        expect("listRefunds", "ORDER_NOT_FOUND", "/orders/nonsense/refunds", "");
    }

    private void topUps() {
        ids.put("topUp", topUp(SUCCESS, 50, 1_000));
        topUp("INVALID_REQUEST", 50, 0);
        topUp(SUCCESS, 51, 10_000_000);
        String second = topUp(SUCCESS, 51, 10_000_000);
        ids.put("second", second);
        topUp("TOP_UP_LIMIT_EXCEEDED", 51, 1);
        topUp("BALANCE_LIMIT_EXCEEDED", 9, 1);
        expect("getTopUp", SUCCESS, "/top-ups/<topUp>", "");
        expect("getTopUp", "TOP_UP_NOT_FOUND", "/top-ups/nonsense", "");
        String confirm = "/top-ups/<topUp>/confirm";
        expect("confirmTopUp", "INVALID_REQUEST", confirm, "{'paymentKey':''}");
        expect("confirmTopUp", "AMOUNT_MISMATCH", confirm, "{'paymentKey':'sandbox-approve','amount':1}");
        expect("confirmTopUp", SUCCESS, confirm, "{'paymentKey':'sandbox-approve'}");
        expect("confirmTopUp", "TOP_UP_NOT_FOUND", "/top-ups/nonsense/confirm", "{'paymentKey':'sandbox-approve'}");
        ids.put("declined", topUp(SUCCESS, 50, 1_000));
        expect("confirmTopUp", "PAYMENT_DECLINED", "/top-ups/<declined>/confirm", "{'paymentKey':'sandbox-decline'}");
        sql.update("UPDATE top_up SET amount = amount + 1 WHERE user_id = 51");
        expect(
                "confirmTopUp",
                "TOP_UP_LIMIT_EXCEEDED",
                "/top-ups/<second>/confirm",
                "{'paymentKey':'sandbox-approve'}");
        ids.put("full", topUp(SUCCESS, 52, 1_000));
        sql.update("UPDATE wallet SET balance = 100000000 WHERE user_id = 52");
        expect("confirmTopUp", "BALANCE_LIMIT_EXCEEDED", "/top-ups/<full>/confirm", "{'paymentKey':'sandbox-approve'}");
        sql.update("UPDATE wallet SET balance = 0 WHERE user_id = 52");
        ids.put("late", topUp(SUCCESS, 50, 1_000));
        sql.update("UPDATE top_up SET expires_at = '2020-01-01 00:00:00' WHERE user_id = 50 AND status = 'PENDING'");
        expect("confirmTopUp", "TOP_UP_EXPIRED", "/top-ups/<late>/confirm", "{'paymentKey':'sandbox-approve'}");
        expect("receiveWebhook", SUCCESS, "/payments/webhooks/sandbox", "{'orderId':'<topUp>'}");
        String refund = "/admin/top-ups/<topUp>/refund";
        expect("refundTopUp", "INVALID_REQUEST", refund, "{'amount':1,'reason':' '}");
        expect("refundTopUp", "REFUND_EXCEEDS_TOP_UP", refund, "{'amount':1001,'reason':'Asked'}");
        expect("refundTopUp", SUCCESS, refund, "{'amount':1,'reason':'Asked'}");
        expect("refundTopUp", "TOP_UP_NOT_FOUND", "/admin/top-ups/nonsense/refund", "{'amount':1,'reason':'Asked'}");
        sql.update("UPDATE wallet SET balance = balance - 999 WHERE user_id = 50");
        expect("refundTopUp", "INSUFFICIENT_BALANCE", refund, "{'amount':999,'reason':'Asked'}");
        sql.update("UPDATE wallet SET balance = balance + 999 WHERE user_id = 50");
        ids.put("other", topUp(SUCCESS, 50, 1_000));
        String cancel = "/admin/top-ups/<other>/cancel";
        expect("cancelTopUp", "TOP_UP_NOT_CANCELLABLE", cancel, "{'reason':'Another amount'}");
        expect("confirmTopUp", SUCCESS, "/top-ups/<other>/confirm", "{'paymentKey':'sandbox-other-amount'}");
        expect("cancelTopUp", "INVALID_REQUEST", cancel, "{'reason':' '}");
        expect("cancelTopUp", "TOP_UP_NOT_FOUND", "/admin/top-ups/nonsense/cancel", "{'reason':'Another amount'}");
        expect("cancelTopUp", SUCCESS, cancel, "{'reason':'Another amount'}");
        expect("reconcileTopUps", SUCCESS, "/admin/top-ups/reconciliation?date=2026-01-01", "");
        expect("reconcileTopUps", "INVALID_REQUEST", "/admin/top-ups/reconciliation?date=today", "");
    }

    private String topUp(String code, int user, long amount) {
        return expect("createTopUp", code, "/top-ups", "{'userId':" + user + ",'amount':" + amount + "}")
                .path("topUpId")
                .asText();
    }

    private void pages() {
        Map<String, String> lists = Map.of(
                "listTopUps", "/top-ups?userId=51&",
                "listTransactions", "/balance/transactions?userId=1&",
                "listProducts", "/products?",
                "listCoupons", "/coupons?userId=1&",
                "listCampaigns", "/campaigns?",
                "listOrders", "/orders?userId=1&",
                "listRefunds", "/orders/<returned>/refunds?",
                "listAllOrders", "/admin/orders?",
                "listTrail", "/admin/trail?");
        lists.forEach((id, target) -> {
            JsonNode first = expect(id, SUCCESS, target + "size=1", "");
            expect(id, SUCCESS, target + "cursor=" + first.get("nextCursor").asText(), "");
            expect(id, "INVALID_REQUEST", target + "size=0", "");
            expect(id, "INVALID_CURSOR", target + "cursor=____", "");
        });
        expect("readEvents", SUCCESS, "/events", "");
        expect("readEvents", "INVALID_REQUEST", "/events?limit=0", "");
        expect("readEvents", "INVALID_CURSOR", "/events?after=____", "");
        expect("auditBooks", SUCCESS, "/admin/audit", "");
        deliveries();
        expect("getSale", SUCCESS, "/admin/sale", "");
    }

    private void deliveries() {
        sql.update("INSERT INTO parked_event VALUES (1, 'too large', 5, NOW()), (2, 'too large', 5, NOW())");
        String first = expect("getDeliveries", SUCCESS, "/admin/deliveries?size=1", "")
                .at("/deadLetters/nextCursor")
                .asText();
        expect("getDeliveries", SUCCESS, "/admin/deliveries?cursor=" + first, "");
        expect("getDeliveries", "INVALID_REQUEST", "/admin/deliveries?size=0", "");
        expect("getDeliveries", "INVALID_CURSOR", "/admin/deliveries?cursor=____", "");
        String replay = "/admin/deliveries/replay";
        expect("replayDeliveries", SUCCESS, replay, "{'from':'0000000000001'}");
        expect("replayDeliveries", SUCCESS, replay, "{'from':'2020-01-01T00:00:00Z'}");
        expect("replayDeliveries", "INVALID_REQUEST", replay, "{'from':'yesterday'}");
        reuse("replayDeliveries", replay, replay, "{'from':'0000000000001'}", "{'from':'0000000000002'}");
        incarnations(replay);
    }

    private void incarnations(String replay) {
        String accept = "/admin/event-log/incarnation";
        expect("acceptIncarnation", SUCCESS, accept, "");
        expect("acceptIncarnation", "INVALID_REQUEST", accept, "{'incarnation':7}");
        String head = expect("readEvents", SUCCESS, "/events?limit=1000", "")
                .get("nextCursor")
                .asText();
        String lost = IdText.of(IdText.parse(head).orElseThrow() + 1);
        expect("readEvents", "INVALID_CURSOR", "/events?after=" + lost, "");
        expect("acceptIncarnation", SUCCESS, accept, "{'incarnation':1}");
        expect("readEvents", "EVENT_LOG_REWOUND", "/events?after=" + lost, "");
        expect("replayDeliveries", "EVENT_LOG_REWOUND", replay, "{'from':'" + lost + "'}");
        reuse("acceptIncarnation", accept, accept, "{'incarnation':1}", "{'incarnation':2}");
    }

    /** The key's first request is refused nowhere; the second is another one of the same caller. */
    private void keys() {
        reuse("chargeBalance", "/balance/charge?userId=1&amount=1", "/balance/charge?userId=1&amount=2", "", "");
        reuse("issueCoupon", "/coupons/issue?userId=5&campaignId=1", "/coupons/issue?userId=5&campaignId=4", "", "");
        String order = "{'userId':1,'items':[{'productId':1,'quantity':%d}]}";
        reuse("placeOrder", "/orders", "/orders", order.formatted(1), order.formatted(2));
        String product = "{'name':'Cup','price':%d,'stock':1}";
        reuse("createProduct", "/admin/products", "/admin/products", product.formatted(1), product.formatted(2));
        String stock = "{'delta':%d,'reason':'Found'}";
        String adjust = "/admin/products/1/stock";
        reuse("adjustStock", adjust, adjust, stock.formatted(1), stock.formatted(2));
        ids.put("a", order(SUCCESS, 1, 1, 1, "").get("orderId").asText());
        ids.put("b", order(SUCCESS, 1, 1, 1, "").get("orderId").asText());
        ids.put("c", order(SUCCESS, 1, 1, 3, "").get("orderId").asText());
        String refunds = "/orders/<c>/refunds";
        String pieces = "{'items':[{'productId':1,'quantity':%d}]}";
        reuse("refundOrder", refunds, refunds, pieces.formatted(1), pieces.formatted(2));
        reuse("cancelOrder", "/orders/<a>/cancel", "/orders/<b>/cancel", "", "");
        String topUp = "{'userId':53,'amount':%d}";
        reuse("createTopUp", "/top-ups", "/top-ups", topUp.formatted(1), topUp.formatted(2));
        ids.put("x", topUp(SUCCESS, 53, 5));
        ids.put("y", topUp(SUCCESS, 53, 5));
        String approve = "{'paymentKey':'sandbox-approve'}";
        reuse("confirmTopUp", "/top-ups/<x>/confirm", "/top-ups/<y>/confirm", approve, approve);
        String refund = "{'amount':%d,'reason':'Asked'}";
        String path = "/admin/top-ups/<x>/refund";
        reuse("refundTopUp", path, path, refund.formatted(1), refund.formatted(2));
        ids.put("z", topUp(SUCCESS, 53, 5));
        expect("confirmTopUp", SUCCESS, "/top-ups/<z>/confirm", "{'paymentKey':'sandbox-other-amount'}");
        String cancelZ = "/admin/top-ups/<z>/cancel";
        reuse("cancelTopUp", cancelZ, cancelZ, "{'reason':'Another amount'}", "{'reason':'Asked'}");
        reuse("fulfilOrder", "/admin/orders/<b>/fulfil", "/admin/orders/<a>/fulfil", "", "");
        String campaign = new String(successes.get("createCampaign").body(), StandardCharsets.UTF_8);
        String other = campaign.replace("Off", "On");
        reuse("createCampaign", "/admin/campaigns", "/admin/campaigns", campaign, other);
    }

    private void reuse(String id, String first, String second, String firstBody, String secondBody) {
        String key = "Idempotency-Key: " + id;
        expect(id, SUCCESS, first, firstBody, key);
        assertThat(expect(id, SUCCESS, first, firstBody, key)).isEqualTo(expect(id, SUCCESS, first, firstBody, key));
        expect(id, "IDEMPOTENCY_KEY_REUSED", second, secondBody, key);
    }

    private void paused() {
        expect("updateSale", SUCCESS, "/admin/sale", "{'paused':true,'message':'Back at noon'}");
        order("SALE_PAUSED", 1, 1, 1, "");
        reserve("SALE_PAUSED", 1, 1, 1);
        expect("issueCoupon", "SALE_PAUSED", "/coupons/issue?userId=6&campaignId=1", "");
        expect("updateSale", SUCCESS, "/admin/sale", "{'paused':false}");
        expect("updateSale", "INVALID_REQUEST", "/admin/sale", "{}");
    }

    private void forEveryOperation() {
        for (Operation operation : OPERATIONS.withoutAccounts()) {
            RawRequest success = successes.get(operation.id());
            String id = operation.id();
            // Payment providers call webhooks by the name of a tunnel, so this one is read, without a body.
            boolean webhook = id.equals("receiveWebhook");
            expect(id, webhook ? "MALFORMED_REQUEST" : "FORBIDDEN", with(success, "", "Host: shop.example"));
            List<String> html = new ArrayList<>(success.headers());
            html.add("Accept: text/html");
            byte[] body = success.body();
            expect(
                    id,
                    "NOT_ACCEPTABLE",
                    new RawRequest(success.method(), success.path(), success.query(), html, body, true));
            RawRequest unknown = new RawRequest(
                    success.method(), success.path(), "extra=1", success.headers(), success.body(), true);
            assertThat(expect(id, "INVALID_REQUEST", unknown)
                            .at("/errors/0/pointer")
                            .asText())
                    .isEqualTo("/extra");
            RawRequest unreadable =
                    new RawRequest(success.method(), success.path(), "a=%", List.of(), new byte[0], true);
            boolean hasBody = operation.definition().has("requestBody");
            expect(id, "MALFORMED_REQUEST", hasBody ? with(success, "{", JSON) : unreadable);
            if (!success.method().equals("GET")) {
                expect(id, "PAYLOAD_TOO_LARGE", with(success, " ".repeat(16_385), JSON));
            }
            if (hasBody) {
                expect(id, "UNSUPPORTED_MEDIA_TYPE", with(success, "x", "Content-Type: text/plain"));
            }
            if (!success.method().equals("GET")) {
                expect(id, "UNSUPPORTED_MEDIA_TYPE", with(success, "x", "Content-Encoding: gzip"));
            }
        }
    }

    private static RawRequest with(RawRequest success, String body, String header) {
        return new RawRequest(
                success.method(),
                success.path(),
                success.query(),
                List.of(header),
                body.getBytes(StandardCharsets.UTF_8),
                true);
    }

    /** All at once, because each takes as long as the deadline. */
    private void tooSlow() throws IOException {
        Map<String, Socket> waiting = new TreeMap<>();
        for (Operation operation : OPERATIONS.withoutAccounts()) {
            if (!operation.method().equals("GET")) {
                Socket socket = new Wire(port).open();
                String path = successes.get(operation.id()).path();
                String head = Wire.head(operation.method(), path, JSON, "Content-Length: 9");
                socket.getOutputStream().write((head + "{").getBytes(StandardCharsets.UTF_8));
                waiting.put(operation.id(), socket);
            }
        }
        for (Map.Entry<String, Socket> entry : waiting.entrySet()) {
            try (Socket socket = entry.getValue()) {
                seen(entry.getKey(), "REQUEST_TIMEOUT", successes.get(entry.getKey()), Wire.read(socket));
            }
        }
    }
}
