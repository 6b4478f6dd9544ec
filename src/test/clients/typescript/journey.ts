// A buyer's way through the shop with types generated for TypeScript. Arguments: the shop's address, a new user.
import createClient from 'openapi-fetch';
import type {components, paths} from './shop.js';

type Problem = components['schemas']['Problem'];
type Order = components['schemas']['Order'];

const userId = Number(process.argv[3]);
const shop = createClient<paths>({baseUrl: process.argv[2]!, headers: {'Accept-Language': 'en'}});
const key = (step: string) => ({header: {'Idempotency-Key': `typescript-${userId}-${step}`}});

function check(holds: unknown, seen: unknown): asserts holds {
  if (!holds) throw new Error(`not as promised: ${JSON.stringify(seen)}`);
}

function must<T>(answer: {data?: T; error?: Problem}): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const charged = must(await shop.POST('/balance/charge', {body: {userId, amount: 1_000_000}, params: key('charge')}));
check(charged.balance === 1_000_000 && charged.currency === 'KRW', charged);

const first = must(await shop.GET('/products', {params: {query: {sort: 'price', size: 5}}}));
check(first.items.length === 5 && first.nextCursor !== null, first);
const second = must(await shop.GET('/products', {params: {query: {sort: 'price', cursor: first.nextCursor, size: 100}}}));
check(second.nextCursor === null, second);
const {productId} = first.items[0]!;
const product = must(await shop.GET('/products/{productId}', {params: {path: {productId}}}));

const coupon = must(await shop.POST('/coupons/issue', {body: {userId}, params: key('coupon')}));
check(coupon.status === 'ISSUED' && coupon.sequence > 0, coupon);
const campaigns = must(await shop.GET('/campaigns')).items;
check(campaigns.some(campaign => campaign.campaignId === coupon.campaignId), campaigns);

const quantity = 1 + Math.floor(coupon.minOrderAmount / product.price);
const body = {userId, items: [{productId, quantity}], couponId: coupon.couponId};
const placed: Order = must(await shop.POST('/orders', {body, params: key('order')}));
check(placed.status === 'PAID' && placed.balance === 1_000_000 - placed.paidAmount, placed);
const again = await shop.POST('/orders', {body, params: key('order')});
check(again.response.headers.get('Idempotent-Replayed') === 'true' && again.data?.orderId === placed.orderId, again.data);

const orderId = placed.orderId;
const read = must(await shop.GET('/orders/{orderId}', {params: {path: {orderId}}}));
check(read.items[0]!.lineAmount === quantity * product.price && read.balance === undefined, read);
const listed = must(await shop.GET('/orders', {params: {query: {userId}}}));
check(listed.items.length === 1 && listed.currency === 'KRW', listed);
const ledger = must(await shop.GET('/balance/transactions', {params: {query: {userId}}})).items;
check(ledger[0]!.type === 'PAYMENT' && ledger[0]!.orderId === orderId, ledger);

const tooMany = await shop.POST('/orders', {body: {userId, items: [{productId, quantity: 10_000}]}});
check(tooMany.response.status === 409 && tooMany.error?.code === 'INSUFFICIENT_STOCK', tooMany);
check(tooMany.error.required === 10_000, tooMany.error);

const cancelled = must(await shop.POST('/orders/{orderId}/cancel', {params: {path: {orderId}, ...key('cancel')}}));
check(cancelled.status === 'CANCELLED' && cancelled.balance === 1_000_000 && cancelled.cancelledAt, cancelled);
const events = must(await shop.GET('/events', {params: {query: {limit: 1000}}})).items;
check(events.some(event => event.type === 'OrderCancelled' && event.data.orderId === orderId), events);
console.log('bought', orderId);
