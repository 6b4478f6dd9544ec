package kr.hhplus.commerce.testkit;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request as a value, so that it can be sent again, with the same key, to the same shop or to its successor. */
public record Call(String method, String path, Object body, String key) {

    /** One line of an order. */
    public record Line(long productId, long quantity) {}

    public static Line line(long productId, long quantity) {
        return new Line(productId, quantity);
    }

    public static Call charge(long userId, long amount) {
        return post("/balance/charge", Map.of("userId", userId, "amount", amount));
    }

    public static Call order(long userId, Line... lines) {
        return post("/orders", Map.of("userId", userId, "items", List.of(lines)));
    }

    public static Call order(long userId, String couponId, Line... lines) {
        return post("/orders", Map.of("userId", userId, "couponId", couponId, "items", List.of(lines)));
    }

    public static Call hold(long userId, Line... lines) {
        return post("/reservations", Map.of("userId", userId, "items", List.of(lines)));
    }

    public static Call hold(long userId, long ttlSeconds, Line... lines) {
        return post("/reservations", Map.of("userId", userId, "items", List.of(lines), "ttlSeconds", ttlSeconds));
    }

    public static Call reservation(String reservationId) {
        return get("/reservations/" + reservationId);
    }

    public static Call release(String reservationId) {
        return new Call("DELETE", "/reservations/" + reservationId, null, null);
    }

    /** An order of what a reservation holds. */
    public static Call payReservation(long userId, String reservationId) {
        return post("/orders", Map.of("userId", userId, "reservationId", reservationId));
    }

    public static Call cancel(String orderId) {
        return post("/orders/" + orderId + "/cancel", null);
    }

    public static Call refund(String orderId, Line... lines) {
        return post("/orders/" + orderId + "/refunds", Map.of("items", List.of(lines)));
    }

    /** By an operator, or in local mode. */
    public static Call refundWithoutRestocking(String orderId, Line... lines) {
        return post("/orders/" + orderId + "/refunds", Map.of("items", List.of(lines), "restock", false));
    }

    public static Call fulfil(String orderId) {
        return post("/admin/orders/" + orderId + "/fulfil", null);
    }

    public static Call topUp(long userId, long amount) {
        return post("/top-ups", Map.of("userId", userId, "amount", amount));
    }

    /** @param behaviour of the sandbox, as {@code approve} */
    public static Call confirmTopUp(String topUpId, String behaviour) {
        return post("/top-ups/" + topUpId + "/confirm", Map.of("paymentKey", "sandbox-" + behaviour));
    }

    public static Call refundTopUp(String topUpId, long amount) {
        return post("/admin/top-ups/" + topUpId + "/refund", Map.of("amount", amount, "reason", "asked by the user"));
    }

    public static Call issue(long userId, long campaignId) {
        return post("/coupons/issue", Map.of("userId", userId, "campaignId", campaignId));
    }

    public static Call balance(long userId) {
        return get("/balance?userId=" + userId);
    }

    public static Call product(long productId) {
        return get("/products/" + productId);
    }

    public static Call createProduct(String name, long price, long stock) {
        return post("/admin/products", Map.of("name", name, "price", price, "stock", stock));
    }

    public static Call changeStock(long productId, long delta) {
        return post("/admin/products/" + productId + "/stock", Map.of("delta", delta, "reason", "counted again"));
    }

    public static Call changePrice(long productId, long price) {
        return new Call("PATCH", "/admin/products/" + productId, Map.of("price", price), null);
    }

    /** @param pieces null: without a limit */
    public static Call limitPurchases(long productId, Long pieces) {
        return new Call(
                "PATCH", "/admin/products/" + productId, Collections.singletonMap("purchaseLimit", pieces), null);
    }

    /** A campaign that is open for the next hour and takes {@code won} off every order. */
    public static Call createCampaign(String name, long won, long totalQuantity) {
        Instant now = Instant.now();
        return createCampaign(name, won, totalQuantity, now.minusSeconds(60), now.plusSeconds(3600));
    }

    /** A campaign that is open from the one instant to the other. */
    public static Call createCampaign(String name, long won, long totalQuantity, Instant startsAt, Instant endsAt) {
        return post(
                "/admin/campaigns",
                new TreeMap<>(Map.of(
                        "name",
                        name,
                        "discount",
                        Map.of("type", "FIXED", "value", won),
                        "minOrderAmount",
                        0,
                        "totalQuantity",
                        totalQuantity,
                        "startsAt",
                        startsAt.toString(),
                        "endsAt",
                        endsAt.toString(),
                        "couponValidDays",
                        7)));
    }

    public static Call get(String pathAndQuery) {
        return new Call("GET", pathAndQuery, null, null);
    }

    public static Call post(String pathAndQuery, Object body) {
        return new Call("POST", pathAndQuery, body, null);
    }

    /** What only an operator may ask, where it matters who asks. */
    public boolean isTheOperators() {
        return path.startsWith("/admin") || path.startsWith("/events");
    }

    /** The same call with an {@code Idempotency-Key}. */
    public Call withKey(String key) {
        return new Call(method, path, body, key);
    }
}
