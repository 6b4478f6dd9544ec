import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.util.List;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.AdminApi;
import org.openapitools.client.api.BalanceApi;
import org.openapitools.client.api.CouponsApi;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.api.OrdersApi;
import org.openapitools.client.api.ProductsApi;
import org.openapitools.client.model.*;

/** A buyer's way through the shop with the client generated for Java. Arguments: the shop's address, a new user. */
public final class Journey {

    public static void main(String[] arguments) throws ApiException, java.io.IOException {
        ApiClient client = new ApiClient();
        client.updateBaseUri(arguments[0]);
        long user = Long.parseLong(arguments[1]);
        BalanceApi balances = new BalanceApi(client);
        ProductsApi products = new ProductsApi(client);
        CouponsApi coupons = new CouponsApi(client);
        OrdersApi orders = new OrdersApi(client);
        String key = "java-" + user;

        ChargeRequest charge = new ChargeRequest().userId(user).amount(1_000_000L);
        ChargedBalance charged = balances.chargeBalance(charge, key + "-charge");
        check(charged.getBalance() == 1_000_000 && charged.getCurrency() == Currency.KRW, charged);
        check(balances.chargeBalance(charge, key + "-charge").equals(charged), "the first answer again");

        ProductPage first = products.listProducts(null, ProductSort.PRICE, null, 5);
        check(first.getItems().size() == 5 && first.getNextCursor() != null, first);
        ProductPage second = products.listProducts(null, ProductSort.PRICE, first.getNextCursor(), 100);
        check(second.getNextCursor() == null && second.getItems().size() > 5, second);
        Product product = products.getProduct(first.getItems().get(0).getProductId());
        check(product.getPrice() > 0 && product.getStock() > 0, product);

        Coupon coupon = coupons.issueCoupon(new IssueRequest().userId(user), key + "-coupon");
        check(coupon.getStatus() == CouponStatus.ISSUED && coupon.getSequence() > 0, coupon);
        List<Campaign> campaigns = coupons.listCampaigns(null, null).getItems();
        check(campaigns.stream().anyMatch(c -> c.getCampaignId().equals(coupon.getCampaignId())
                && c.getDiscount().equals(coupon.getDiscount())), campaigns);

        long pieces = 1 + coupon.getMinOrderAmount() / product.getPrice();
        OrderRequest request = new OrderRequest()
                .userId(user)
                .items(List.of(new OrderLineRequest().productId(product.getProductId()).quantity((int) pieces)))
                .couponId(coupon.getCouponId());
        Order placed = orders.placeOrder(request, key + "-order");
        check(placed.getStatus() == OrderStatus.PAID && placed.getCancelledAt() == null, placed);
        check(placed.getBalance() == 1_000_000 - placed.getPaidAmount(), placed);
        check(placed.getTotalAmount() - placed.getDiscountAmount() == placed.getPaidAmount(), placed);
        check(placed.getOrderedAt().isAfter(OffsetDateTime.now().minusHours(1)), placed);
        check(orders.placeOrder(request, key + "-order").equals(placed), "the first answer again");

        Order read = orders.getOrder(placed.getOrderId());
        check(read.getItems().equals(placed.getItems()) && read.getBalance() == null, read);
        OrderPage listed = orders.listOrders(user, null, null);
        check(listed.getItems().size() == 1 && listed.getCurrency() == Currency.KRW, listed);
        List<Transaction> ledger = balances.listTransactions(user, null, null).getItems();
        check(ledger.get(0).getType() == TransactionType.PAYMENT && ledger.get(0).getAmount() < 0, ledger);
        check(ledger.get(1).getOrderId() == null, ledger);
        List<Coupon> used = coupons.listCoupons(user, CouponStatus.USED, null, null).getItems();
        check(used.get(0).getUsedOrderId().equals(placed.getOrderId()), used);

        try {
            request.getItems().get(0).setQuantity(10_000);
            orders.placeOrder(request.couponId(null), null);
            throw new IllegalStateException("more was sold than there is");
        } catch (ApiException refused) {
            Problem problem = new ObjectMapper().readerFor(Problem.class).readValue(refused.getResponseBody());
            check(refused.getCode() == 409 && problem.getStatus() == 409, problem);
            check(ErrorCode.fromValue(problem.getCode()) == ErrorCode.INSUFFICIENT_STOCK, problem);
            check(problem.getProductId().equals(product.getProductId()) && problem.getRequired() == 10_000, problem);
        }

        Order cancelled = orders.cancelOrder(placed.getOrderId(), key + "-cancel");
        check(cancelled.getStatus() == OrderStatus.CANCELLED && cancelled.getCancelledAt() != null, cancelled);
        check(cancelled.getBalance() == 1_000_000, cancelled);
        check(balances.getBalance(user).getBalance() == 1_000_000, "everything back");

        check(products.listBestSellers("1hour", 5).getItems() != null, "best sellers");
        EventPage events = new EventsApi(client).readEvents(null, 1000);
        check(events.getItems().stream().anyMatch(event -> event.getType() == OrderEventType.ORDER_CANCELLED
                && event.getData().getOrderId().equals(placed.getOrderId())), events);

        AdminApi admin = new AdminApi(client);
        Product made = admin.createProduct(
                new ProductRequest().name("Cup").price(100_000L).stock(1L).description("For tea"), null);
        Product bare = admin.updateProduct(made.getProductId(), new ProductPatch().description(null).price(90_000L));
        check(bare.getDescription() == null && bare.getPrice() == 90_000, bare);
        System.out.println("bought " + placed.getOrderId());
    }

    private static void check(boolean holds, Object seen) {
        if (!holds) {
            throw new IllegalStateException("not as promised: " + seen);
        }
    }
}
