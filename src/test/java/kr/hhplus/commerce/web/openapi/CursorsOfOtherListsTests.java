package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Wire;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestPropertySource;

/** A cursor that another list gave out, or the same list with another sort, direction or filter. */
@RealServer
@TestPropertySource(properties = "commerce.catalog.list-max-age=0ms")
class CursorsOfOtherListsTests {

    /** Every list of the document, some with different sorts and filters. Each has more than one row. */
    private static final Map<String, List<String>> LISTS = lists();

    private static Map<String, List<String>> lists() {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        lists.put("listTransactions", List.of("/balance/transactions?userId=1", "/balance/transactions?userId=2"));
        lists.put(
                "listProducts",
                List.of(
                        "/products?sort=newest",
                        "/products?sort=name",
                        "/products?sort=-name",
                        "/products?sort=price",
                        "/products?sort=-price",
                        "/products?sort=stock",
                        "/products?sort=-stock",
                        "/products?sort=price&q=thing"));
        lists.put("listCoupons", List.of("/coupons?userId=1", "/coupons?userId=2", "/coupons?userId=1&status=ISSUED"));
        lists.put("listCampaigns", List.of("/campaigns?"));
        lists.put("listOrders", List.of("/orders?userId=1", "/orders?userId=2"));
        lists.put("listRefunds", List.of("/orders/<order 1>/refunds?", "/orders/<order 2>/refunds?"));
        lists.put("listTopUps", List.of("/top-ups?userId=1", "/top-ups?userId=2"));
        lists.put("listAllOrders", List.of("/admin/orders?", "/admin/orders?status=PAID"));
        lists.put(
                "listTrail",
                List.of(
                        "/admin/trail?",
                        "/admin/trail?kind=PRODUCT_CREATED",
                        "/admin/trail?who=local",
                        "/admin/trail?from=2020-01-01T00:00:00Z"));
        lists.put("getDeliveries", List.of("/admin/deliveries?"));
        return lists;
    }

    private final Wire wire;
    private final Map<String, String> orderIds = new LinkedHashMap<>();

    @Autowired
    private JdbcTemplate sql;

    CursorsOfOtherListsTests(@LocalServerPort int port) {
        wire = new Wire(port);
    }

    private Reply must(String path, String body) {
        Reply reply = wire.post(path, "application/json", body.replace('\'', '"'));
        assertThat(reply.status()).as(reply.body()).isBetween(200, 201);
        return reply;
    }

    @BeforeEach
    void openTheShop() {
        String window = "'startsAt':'2020-01-01T00:00:00Z','endsAt':'2099-01-01T00:00:00Z'";
        for (int i = 1; i <= 2; i++) {
            must("/admin/products", "{'name':'Thing','price':100,'stock':100}");
            must(
                    "/admin/campaigns",
                    "{'name':'Off','discount':{'type':'FIXED','value':1},'minOrderAmount':0,'totalQuantity':9,"
                            + window
                            + ",'couponValidDays':7}");
        }
        for (int user = 1; user <= 2; user++) {
            for (int i = 1; i <= 2; i++) {
                must("/balance/charge", "{'userId':" + user + ",'amount':1000}");
                must("/top-ups", "{'userId':" + user + ",'amount':1000}");
                must("/coupons/issue", "{'userId':" + user + ",'campaignId':" + i + "}");
                must("/orders", "{'userId':" + user + ",'items':[{'productId':1,'quantity':1}]}");
            }
            String order = must("/orders", "{'userId':" + user + ",'items':[{'productId':1,'quantity':3}]}")
                    .text("orderId");
            orderIds.put("<order " + user + ">", order);
            for (int i = 1; i <= 2; i++) {
                must("/orders/" + order + "/refunds", "{'items':[{'productId':1,'quantity':1}]}");
            }
        }
        sql.update("INSERT INTO parked_event VALUES (1, 'too large', 5, NOW()), (2, 'too large', 5, NOW())");
    }

    @Test
    void areRefusedByEveryList() {
        Set<String> paged = new TreeSet<>();
        for (Operation operation : Contract.OPERATIONS.all()) {
            operation.definition().path("parameters").forEach(parameter -> {
                if (parameter.path("$ref").asText().endsWith("/Cursor")) {
                    paged.add(operation.id());
                }
            });
        }
        assertThat(LISTS.keySet()).as("every list of the document").isEqualTo(paged);

        Map<String, String> cursors = new LinkedHashMap<>();
        LISTS.values()
                .forEach(lists -> lists.stream().map(this::withIds).forEach(list -> cursors.put(list, cursorOf(list))));
        cursors.forEach((list, own) -> cursors.forEach((other, cursor) -> {
            Reply reply = wire.get(list + "&size=1&cursor=" + cursor);
            String code = reply.status() == 200 ? "OK" : reply.code();
            assertThat(code)
                    .as("%s with the cursor of %s", list, other)
                    .isEqualTo(list.equals(other) ? "OK" : "INVALID_CURSOR");
        }));
    }

    private String withIds(String list) {
        String filled = list;
        for (Map.Entry<String, String> id : orderIds.entrySet()) {
            filled = filled.replace(id.getKey(), id.getValue());
        }
        return filled;
    }

    private String cursorOf(String list) {
        Reply reply = wire.get(list + "&size=1");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        String cursor = reply.json().findPath("nextCursor").textValue();
        assertThat(cursor).as(list).matches("[A-Za-z0-9_-]+");
        return cursor;
    }
}
