import org.openapitools.client.apis.BalanceApi
import org.openapitools.client.apis.CouponsApi
import org.openapitools.client.apis.EventsApi
import org.openapitools.client.apis.OrdersApi
import org.openapitools.client.apis.ProductsApi
import org.openapitools.client.infrastructure.ClientError
import org.openapitools.client.infrastructure.ClientException
import org.openapitools.client.infrastructure.Serializer
import org.openapitools.client.models.*

/** A buyer's way through the shop with the client generated for Kotlin. Arguments: the shop's address, a new user. */
fun main(arguments: Array<String>) {
    val shop = arguments[0]
    val user = arguments[1].toLong()
    val key = "kotlin-$user"
    val balances = BalanceApi(shop)
    val orders = OrdersApi(shop)
    val coupons = CouponsApi(shop)

    val charged = balances.chargeBalance(ChargeRequest(amount = 1_000_000, userId = user), "$key-charge")
    check(charged.balance == 1_000_000L && charged.currency == Currency.KRW) { charged }

    val first = ProductsApi(shop).listProducts(sort = ProductSort.PRICE, size = 5)
    check(first.items.size == 5 && first.nextCursor != null) { first }
    val product = ProductsApi(shop).getProduct(first.items[0].productId)

    val coupon = coupons.issueCoupon(IssueRequest(user), "$key-coupon")
    check(coupon.status == CouponStatus.ISSUED && coupon.sequence > 0) { coupon }
    val campaign = coupons.listCampaigns().items.single { it.campaignId == coupon.campaignId }
    check(campaign.discount == coupon.discount) { campaign }

    val pieces = (1 + coupon.minOrderAmount / product.price).toInt()
    val request = OrderRequest(listOf(OrderLineRequest(product.productId, pieces)), user, coupon.couponId)
    val placed = orders.placeOrder(request, "$key-order")
    check(placed.status == OrderStatus.PAID && placed.balance == 1_000_000 - placed.paidAmount) { placed }
    check(orders.placeOrder(request, "$key-order") == placed) { "the first answer again" }
    check(orders.getOrder(placed.orderId).items == placed.items) { placed }
    check(orders.listOrders(user).items.single().currency == null) { "the currency stands beside the list" }
    val ledger = balances.listTransactions(user).items
    check(ledger[0].type == TransactionType.PAYMENT && ledger[0].orderId == placed.orderId) { ledger }

    try {
        orders.placeOrder(OrderRequest(listOf(OrderLineRequest(product.productId, 10_000)), user))
        error("more was sold than there is")
    } catch (refused: ClientException) {
        val body = (refused.response as ClientError<*>).body as String
        val problem = checkNotNull(Serializer.moshi.adapter(Problem::class.java).fromJson(body))
        check(ErrorCode.valueOf(problem.code) == ErrorCode.INSUFFICIENT_STOCK) { problem }
        check(problem.required == 10_000L) { problem }
    }

    val cancelled = orders.cancelOrder(placed.orderId, "$key-cancel")
    check(cancelled.status == OrderStatus.CANCELLED && cancelled.cancelledAt != null) { cancelled }
    check(cancelled.balance == 1_000_000L) { cancelled }
    val events = EventsApi(shop).readEvents(limit = 1000).items
    check(events.any { it.type == OrderEventType.OrderCancelled && it.`data`.orderId == placed.orderId }) { events }
    println("bought ${placed.orderId}")
}
