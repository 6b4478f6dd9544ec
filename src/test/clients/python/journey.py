"""A buyer's way through the shop with the client generated for Python. Arguments: the shop's address, a new user."""

import sys
from datetime import datetime, timedelta, timezone

import openapi_client as shop
from openapi_client.exceptions import ApiException

client = shop.ApiClient(shop.Configuration(host=sys.argv[1]))
user = int(sys.argv[2])
key = f"python-{user}"
balances, products = shop.BalanceApi(client), shop.ProductsApi(client)
coupons, orders = shop.CouponsApi(client), shop.OrdersApi(client)


def check(holds, seen):
    if not holds:
        raise AssertionError(f"not as promised: {seen}")


charge = shop.ChargeRequest(user_id=user, amount=1_000_000)
charged = balances.charge_balance(charge, idempotency_key=f"{key}-charge")
check(charged.balance == 1_000_000 and charged.currency == shop.Currency.KRW, charged)
check(balances.charge_balance(charge, idempotency_key=f"{key}-charge") == charged, "the first answer again")

first = products.list_products(sort=shop.ProductSort.PRICE, size=5)
check(len(first.items) == 5 and first.next_cursor, first)
second = products.list_products(sort=shop.ProductSort.PRICE, cursor=first.next_cursor, size=100)
check(second.next_cursor is None and len(second.items) > 5, second)
product = products.get_product(first.items[0].product_id)
check(product.price > 0 and product.stock > 0, product)

coupon = coupons.issue_coupon(shop.IssueRequest(user_id=user), idempotency_key=f"{key}-coupon")
check(coupon.status == shop.CouponStatus.ISSUED and coupon.sequence > 0, coupon)
campaigns = {campaign.campaign_id: campaign for campaign in coupons.list_campaigns().items}
check(campaigns[coupon.campaign_id].discount == coupon.discount, campaigns)

pieces = 1 + coupon.min_order_amount // product.price
line = shop.OrderLineRequest(product_id=product.product_id, quantity=pieces)
request = shop.OrderRequest(user_id=user, items=[line], coupon_id=coupon.coupon_id)
placed = orders.place_order(request, idempotency_key=f"{key}-order")
check(placed.status == shop.OrderStatus.PAID and placed.cancelled_at is None, placed)
check(placed.balance == 1_000_000 - placed.paid_amount, placed)
check(placed.ordered_at > datetime.now(timezone.utc) - timedelta(hours=1), placed)
check(orders.place_order(request, idempotency_key=f"{key}-order") == placed, "the first answer again")

read = orders.get_order(placed.order_id)
check(read.items == placed.items and read.balance is None, read)
listed = orders.list_orders(user_id=user)
check(len(listed.items) == 1 and listed.currency == shop.Currency.KRW, listed)
ledger = balances.list_transactions(user_id=user).items
check(ledger[0].type == shop.TransactionType.PAYMENT and ledger[0].amount < 0, ledger)
used = coupons.list_coupons(user_id=user, status=shop.CouponStatus.USED).items
check(used[0].used_order_id == placed.order_id, used)

try:
    too_many = shop.OrderLineRequest(product_id=product.product_id, quantity=10_000)
    orders.place_order(shop.OrderRequest(user_id=user, items=[too_many]))
    raise AssertionError("more was sold than there is")
except ApiException as refused:
    problem = refused.data
    check(isinstance(problem, shop.Problem) and refused.status == 409, refused)
    check(problem.code == shop.ErrorCode.INSUFFICIENT_STOCK and problem.required == 10_000, problem)

cancelled = orders.cancel_order(placed.order_id, idempotency_key=f"{key}-cancel")
check(cancelled.status == shop.OrderStatus.CANCELLED and cancelled.cancelled_at is not None, cancelled)
check(cancelled.balance == 1_000_000 == balances.get_balance(user_id=user).balance, cancelled)

check(products.list_best_sellers(range="1hour", limit=5).items is not None, "best sellers")
events = shop.EventsApi(client).read_events(limit=1000).items
check(any(event.data.order_id == placed.order_id for event in events), events)
check(shop.AdminApi(client).get_deliveries().state in list(shop.DeliveryState), "deliveries")
print("bought", placed.order_id)
