package kr.hhplus.commerce.proof.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import org.awaitility.Awaitility;

/**
 * Holds everything that can be read from a shop against everything its buyers were told, both ways: nothing
 * acknowledged is missing or different, and nothing is there that nobody was told of.
 */
public final class AcknowledgementCheck {

    private final Shop shop;
    private final Traffic traffic;
    private final Acknowledgements acknowledgements;
    private final Map<String, JsonNode> entries = new HashMap<>();
    private final Map<String, JsonNode> orders = new HashMap<>();
    private final Map<String, JsonNode> coupons = new HashMap<>();
    private final Map<String, Integer> occurrences = new HashMap<>();
    private int entryCount;
    private int reserved;

    public AcknowledgementCheck(Shop shop, Traffic traffic, Acknowledgements acknowledgements) {
        this.shop = shop;
        this.traffic = traffic;
        this.acknowledgements = acknowledgements;
        for (long user : traffic.users) {
            for (JsonNode entry : shop.client().all("/balance/transactions?userId=" + user)) {
                entries.put(numbered(nameOf(entry)), entry);
                entryCount++;
            }
            shop.client()
                    .all("/orders?userId=" + user)
                    .forEach(o -> orders.put(o.required("orderId").textValue(), o));
            shop.client()
                    .all("/coupons?userId=" + user)
                    .forEach(c -> coupons.put(c.required("couponId").textValue(), c));
        }
    }

    /** A charge goes by its own id, a payment by its order, a refund by its order and what it left. */
    private static String nameOf(JsonNode entry) {
        String type = entry.required("type").textValue();
        String id = entry.required(type.equals("CHARGE") ? "transactionId" : "orderId")
                .textValue();
        return name(type, id, entry.required("balanceAfter").longValue());
    }

    private static String name(String type, String id, long balanceAfter) {
        return type + id + (type.equals("REFUND") ? " " + balanceAfter : "");
    }

    /** Two refunds of one order may leave the same balance. */
    private String numbered(String name) {
        return name + "#" + occurrences.merge(name, 1, Integer::sum);
    }

    /** All checks at once. */
    public void run() {
        chargesOrdersAndCancels();
        couponsAndTheirPlaces();
        reservations();
        stocks();
        events();
        ShopState state = ShopState.of(shop);
        state.ledgersExplainBalancesOf(traffic.users);
        state.reconcile();
    }

    private void chargesOrdersAndCancels() {
        List<JsonNode> charged = acknowledgements.answersTo("/charge");
        List<JsonNode> paid = acknowledgements.answersTo("/orders");
        List<JsonNode> cancelled = acknowledgements.answersTo("/cancel");
        List<JsonNode> refunded = acknowledgements.answersTo("/refunds");
        occurrences.clear();
        for (JsonNode told : refunded) {
            entry("REFUND", told, "orderId", told.required("amount").longValue());
        }
        for (JsonNode told : charged) {
            entry(
                    "CHARGE",
                    told,
                    "transactionId",
                    told.required("chargedAmount").longValue());
        }
        Set<String> cancelledIds = new HashSet<>();
        for (JsonNode told : cancelled) {
            entry("REFUND", told, "orderId", told.required("paidAmount").longValue());
            cancelledIds.add(told.required("orderId").textValue());
        }
        for (JsonNode told : paid) {
            entry("PAYMENT", told, "orderId", -told.required("paidAmount").longValue());
            String id = told.required("orderId").textValue();
            JsonNode found = orders.get(id);
            assertThat(found).as("the acknowledged order %s", told).isNotNull();
            assertThat(lasting(found)).isEqualTo(lasting(told));
            long pieces = piecesOf(List.of(told), "quantity");
            long returned = piecesOf(
                    refunded.stream()
                            .filter(refund ->
                                    refund.required("orderId").textValue().equals(id))
                            .toList(),
                    "quantity");
            assertThat(piecesOf(List.of(found), "refundedQuantity"))
                    .as("the refunded pieces of order %s", id)
                    .isEqualTo(returned);
            assertThat(found.required("status").textValue())
                    .as("the status of order %s", id)
                    .isEqualTo(cancelledIds.contains(id) ? "CANCELLED" : status(pieces, returned));
        }
        assertThat(orders).as("orders found, against orders acknowledged").hasSize(paid.size());
        assertThat(cancelledIds).as("cancelled orders are distinct").hasSize(cancelled.size());
        assertThat(entryCount)
                .as("ledger entries found, against charges, orders and cancels acknowledged")
                .isEqualTo(entries.size())
                .isEqualTo(charged.size() + paid.size() + cancelled.size() + refunded.size());
    }

    private static String status(long pieces, long returned) {
        return returned == 0 ? "PAID" : returned < pieces ? "PARTIALLY_REFUNDED" : "REFUNDED";
    }

    private static long piecesOf(List<JsonNode> ordersOrRefunds, String field) {
        long pieces = 0;
        for (JsonNode one : ordersOrRefunds) {
            for (JsonNode item : one.required("items")) {
                pieces += item.path(field).asLong();
            }
        }
        return pieces;
    }

    private void entry(String type, JsonNode told, String idField, long amount) {
        String name = name(
                type,
                told.required(idField).textValue(),
                told.required("balance").longValue());
        JsonNode found = entries.get(numbered(name));
        assertThat(found).as("the ledger's %s for %s", type, told).isNotNull();
        assertThat(found.required("amount").longValue()).isEqualTo(amount);
        assertThat(found.required("balanceAfter").longValue())
                .isEqualTo(told.required("balance").longValue());
    }

    /** What of an order never changes and is in every form of it. */
    private static JsonNode lasting(JsonNode order) {
        ObjectNode lasting = order.deepCopy();
        lasting.required("items").forEach(item -> ((ObjectNode) item).remove("refundedQuantity"));
        return lasting.remove(List.of("status", "cancelledAt", "balance", "currency"));
    }

    private void couponsAndTheirPlaces() {
        List<JsonNode> issued = acknowledgements.answersTo("/coupons/issue");
        for (JsonNode told : issued) {
            JsonNode found = coupons.get(told.required("couponId").textValue());
            assertThat(found).as("the acknowledged coupon %s", told).isNotNull();
            for (String field : List.of("campaignId", "userId", "sequence", "issuedAt", "expiresAt")) {
                assertThat(found.required(field)).isEqualTo(told.required(field));
            }
        }
        assertThat(coupons).as("coupons found, against coupons acknowledged").hasSize(issued.size());
        Map<Long, List<Long>> places = new HashMap<>();
        coupons.values().forEach(coupon -> places.computeIfAbsent(
                        coupon.required("campaignId").longValue(), id -> new ArrayList<>())
                .add(coupon.required("sequence").longValue()));
        places.forEach((campaign, taken) -> assertThat(taken)
                .as("places in line of campaign %d", campaign)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, taken.size()).boxed().toList()));
        Map<String, String> spent = new HashMap<>();
        orders.values().stream()
                .filter(o -> List.of("PAID", "PARTIALLY_REFUNDED")
                        .contains(o.required("status").textValue()))
                .filter(o -> o.has("couponId"))
                .forEach(order -> assertThat(spent.put(
                                order.get("couponId").textValue(),
                                order.get("orderId").textValue()))
                        .as("a second live order for the coupon of %s", order)
                        .isNull());
        coupons.forEach((id, coupon) -> assertThat(coupon.required("status").textValue())
                .as("the status of coupon %s", id)
                .isEqualTo(spent.containsKey(id) ? "USED" : "ISSUED"));
    }

    private static boolean isCancelled(JsonNode order) {
        return order.required("status").textValue().equals("CANCELLED");
    }

    /** Each was paid, released or has expired: what its buyer was told, and one of them only. None is open for long. */
    private void reservations() {
        Map<String, String> told = new HashMap<>();
        for (JsonNode held : acknowledgements.answersTo("POST", "/reservations")) {
            told.put(held.required("reservationId").textValue(), "EXPIRED");
        }
        for (JsonNode given : acknowledgements.answersTo("DELETE", "/reservations/")) {
            told.put(
                    given.required("reservationId").textValue(),
                    given.required("status").textValue());
        }
        acknowledgements.paidReservations().forEach(id -> assertThat(told.put(id, "PAID"))
                .as("what was told of the paid reservation %s before", id)
                .isEqualTo("EXPIRED"));
        told.forEach((id, status) -> Awaitility.await("reservation " + id + " to be " + status)
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        shop.client().must(Call.reservation(id)).text("status").equals(status)));
        reserved = told.size();
    }

    private void stocks() {
        for (int i = 0; i < traffic.products.size(); i++) {
            long product = traffic.products.get(i);
            long stock = traffic.stocks.get(i);
            long sold = orders.values().stream()
                    .filter(order -> !isCancelled(order))
                    .mapToLong(order -> ShopState.pieces(order, product))
                    .sum();
            Awaitility.await("sold and left of product " + product + " to be " + stock)
                    .untilAsserted(() ->
                            assertThat(sold + ShopState.of(shop).stock(product)).isEqualTo(stock));
        }
    }

    private void events() {
        List<JsonNode> pulled = shop.client().events();
        shop.platform().hasAll(pulled);
        List<String> wanted = new ArrayList<>();
        orders.forEach((id, order) -> {
            wanted.add("OrderPaid " + id);
            if (isCancelled(order)) {
                wanted.add("OrderCancelled " + id);
            }
        });
        acknowledgements
                .answersTo("/refunds")
                .forEach(refund ->
                        wanted.add("OrderRefunded " + refund.required("orderId").textValue()));
        assertThat(pulled.stream()
                        .map(event -> event.required("type").textValue() + " "
                                + event.required("subject").textValue())
                        .toList())
                .as("one event for each paid order, each refund and each cancelled order")
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** For the table of results. */
    @Override
    public String toString() {
        return "%s; found: %,d ledger entries, %,d orders, %,d reservations, %,d coupons, %s; lost 0, doubled 0"
                .formatted(acknowledgements, entryCount, orders.size(), reserved, coupons.size(), shop.platform());
    }
}
