package kr.hhplus.commerce.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What must be true of a shop whatever has happened in it: by its own reconciliation, and by sums over its lists. */
public final class ShopState {

    private final Client client;

    private ShopState(Client client) {
        this.client = client;
    }

    public static ShopState of(Shop shop) {
        return new ShopState(shop.client());
    }

    /** The reconciliation of all tables finds nothing. */
    public void reconcile() {
        JsonNode audit = client.must(Call.get("/admin/audit")).json();
        assertThat(audit.required("checks")).isNotEmpty().allSatisfy(check -> assertThat(
                        check.required("ok").booleanValue())
                .as(check.toString())
                .isTrue());
        assertThat(audit.required("ok").booleanValue()).isTrue();
    }

    /** A balance is the sum of its ledger, never negative, and every entry goes on from the one before. */
    public void ledgerExplainsBalanceOf(long user) {
        List<JsonNode> newestFirst = client.all("/balance/transactions?userId=" + user);
        long balance = 0;
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            JsonNode entry = newestFirst.get(i);
            balance += entry.required("amount").longValue();
            assertThat(entry.required("balanceAfter").longValue())
                    .as("balanceAfter of %s", entry)
                    .isEqualTo(balance)
                    .isNotNegative();
        }
        assertThat(client.must(Call.balance(user)).number("balance"))
                .as("the balance of user %d against its ledger", user)
                .isEqualTo(balance);
    }

    public void ledgersExplainBalancesOf(long... users) {
        for (long user : users) {
            ledgerExplainsBalanceOf(user);
        }
    }

    /** Pieces of a product in these users' orders, without what was refunded. */
    public long sold(long product, long... users) {
        long pieces = 0;
        for (long user : users) {
            for (JsonNode order : client.all("/orders?userId=" + user)) {
                if (!order.required("status").textValue().equals("CANCELLED")) {
                    pieces += pieces(order, product);
                }
            }
        }
        return pieces;
    }

    /** Pieces of a product in one order that are not refunded. */
    public static long pieces(JsonNode order, long product) {
        long pieces = 0;
        for (JsonNode item : order.required("items")) {
            pieces += item.required("productId").longValue() == product
                    ? item.required("quantity").longValue()
                            - item.path("refundedQuantity").asLong()
                    : 0;
        }
        return pieces;
    }

    public long stock(long product) {
        return client.must(Call.product(product)).number("stock");
    }

    /** Entries of one type in a user's ledger, for one order. */
    public long entries(long user, String type, String orderId) {
        return client.all("/balance/transactions?userId=" + user).stream()
                .filter(entry -> entry.required("type").textValue().equals(type))
                .filter(entry -> entry.path("orderId").asText("").equals(orderId))
                .count();
    }
}
