package kr.hhplus.commerce.proof.traffic;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Shop;

/**
 * Buyers who charge, order, reserve, take coupons, return pieces and cancel at random, every call with a key of its
 * own, and note what each was told. Goes on over restarts of the shop; what it noted is the shop's debt.
 */
public final class Traffic {

    private static final int BUYERS = 8;
    private static final int CALLS_PER_BUYER_MAX = 20_000;
    private static final int COUPONS_EACH = 150;
    private static final Duration WHERE_NOBODY_IS = Duration.ofMillis(20);

    /** One call and what its sender knows: the reply, or none where it is unknown what became of it. */
    public record Sent(Call call, Reply reply) {
        public boolean acknowledged() {
            return reply != null && reply.done();
        }

        public boolean unknown() {
            return reply == null || !reply.done() && !reply.refused();
        }
    }

    private record Issued(long user, String couponId) {}

    private record Placed(String orderId, List<Long> products) {}

    private record Reserved(long user, String reservationId) {}

    final long[] users;
    final List<Long> products = new ArrayList<>();
    final List<Long> stocks = new ArrayList<>();
    final List<Long> campaigns = new ArrayList<>();
    private final Queue<Placed> orders = new ConcurrentLinkedQueue<>();
    private final Queue<Issued> coupons = new ConcurrentLinkedQueue<>();
    private final Queue<Reserved> reservations = new ConcurrentLinkedQueue<>();
    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final List<Thread> buyers = new ArrayList<>();
    private final Duration pause;
    private volatile AssertionError broken;
    private volatile boolean stopping;

    /** Each buyer sends the next call as soon as the last one is answered. */
    public Traffic(Shop shop, int userCount) {
        this(shop, userCount, Duration.ZERO);
    }

    /** @param pause of each buyer after each call, so that servers which start beside the load have a processor, too */
    Traffic(Shop shop, int userCount, Duration pause) {
        this.pause = pause;
        Given given = Given.in(shop);
        users = new Random(1).longs(userCount, 1, 1L << 40).distinct().toArray();
        for (long stock : new long[] {1_000_000, 1_000_000, 1_000_000, 60}) {
            products.add(given.aProduct().price(1_000).stock(stock).onSale());
            stocks.add(stock);
        }
        for (int i = 0; i < 8; i++) {
            campaigns.add(given.aCampaign(300, COUPONS_EACH));
        }
    }

    public void start(Client client, long seed) {
        stopping = false;
        for (int i = 0; i < BUYERS; i++) {
            Random random = new Random(seed * 31 + i);
            Thread buyer = new Thread(() -> buy(client, random), "buyer-" + i);
            buyer.setDaemon(true);
            buyers.add(buyer);
            buyer.start();
        }
    }

    /** Sends nothing more and waits for what is on its way. */
    public void stop() throws InterruptedException {
        stopping = true;
        for (Thread buyer : buyers) {
            buyer.join(60_000);
            if (buyer.isAlive()) {
                throw new AssertionError(buyer.getName() + " still waits for an answer");
            }
        }
        buyers.clear();
        if (broken != null) {
            throw broken;
        }
    }

    /** How many calls have been acknowledged so far. */
    public int acknowledged() {
        return acknowledged.get();
    }

    /** Hands over what was noted since the last time; only while nothing is being sent. */
    public List<Sent> takeNotes() {
        List<Sent> notes = List.copyOf(sent);
        sent.clear();
        return notes;
    }

    private void buy(Client client, Random random) {
        for (int i = 0; i < CALLS_PER_BUYER_MAX && !stopping; i++) {
            Call call = next(random).withKey("key-" + keys.incrementAndGet());
            try {
                note(call, client.attempt(call));
                LockSupport.parkNanos(pause.toNanos());
            } catch (ConnectException | HttpConnectTimeoutException e) {
                // Never reached the shop: nothing to settle. Somebody may be there again soon.
                LockSupport.parkNanos(WHERE_NOBODY_IS.toNanos());
            } catch (IOException e) {
                note(call, null);
            } catch (AssertionError e) {
                broken = e;
                return;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void note(Call call, Reply reply) {
        Sent note = new Sent(call, reply);
        sent.add(note);
        if (!note.unknown()) {
            reply.checkedAgainst(call);
        }
        if (note.acknowledged()) {
            acknowledged.incrementAndGet();
            if (reply.json().has("couponId") && reply.json().has("sequence")) {
                coupons.add(new Issued(reply.number("userId"), reply.text("couponId")));
            } else if (reply.json().path("status").asText().equals("OPEN")) {
                reservations.add(new Reserved(reply.number("userId"), reply.text("reservationId")));
            } else if (reply.json().path("status").asText().equals("PAID")) {
                List<Long> bought = new ArrayList<>();
                reply.json()
                        .required("items")
                        .forEach(item -> bought.add(item.required("productId").longValue()));
                orders.add(new Placed(reply.text("orderId"), bought));
            }
        }
    }

    private Call next(Random random) {
        long user = users[random.nextInt(users.length)];
        int dice = random.nextInt(100);
        if (dice < 30) {
            return Call.charge(user, 1_000 + random.nextInt(5_000));
        }
        if (dice < 45) {
            return Call.issue(user, campaigns.get(random.nextInt(campaigns.size())));
        }
        if (dice < 60) {
            // Several buyers return pieces of the order that the next one cancels.
            Placed order = dice < 53 ? orders.poll() : orders.peek();
            if (order != null && dice < 53) {
                return Call.cancel(order.orderId());
            }
            if (order != null) {
                long product =
                        order.products().get(random.nextInt(order.products().size()));
                return Call.refund(order.orderId(), Call.line(product, 1));
            }
        }
        if (dice >= 90) {
            Reserved reserved = random.nextInt(4) == 0 ? null : reservations.poll();
            return reserved == null
                    ? Call.hold(user, 10, Call.line(products.get(random.nextInt(products.size())), 1))
                    : random.nextInt(3) == 0
                            ? Call.release(reserved.reservationId())
                            : Call.payReservation(reserved.user(), reserved.reservationId());
        }
        Call.Line first = Call.line(products.get(random.nextInt(products.size())), 1 + random.nextInt(2));
        Call.Line second = Call.line(products.get(random.nextInt(products.size())), 1);
        Issued coupon = random.nextBoolean() ? coupons.poll() : null;
        return coupon == null
                ? Call.order(user, first, second)
                : Call.order(coupon.user(), coupon.couponId(), first, second);
    }
}
