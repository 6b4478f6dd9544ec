package kr.hhplus.bench.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import kr.hhplus.bench.load.Shot;

/**
 * The products, campaigns and users of every copy of the database, and the requests. Users are 1 to N.
 *
 * @param products without the hot one
 * @param campaigns one for each rush; the last one is for the whole sale
 */
public record Shop(int users, List<Long> products, long hot, List<Long> campaigns) {

    private static final long SEED = 2026;
    /** Length of the repeated sequence of requests. */
    private static final int PREPARED = 100_000;

    List<Shot> hotOrders() {
        SplittableRandom random = new SplittableRandom(SEED);
        return prepared(() -> Shot.post("/orders", order(random, "{\"productId\":" + hot + ",\"quantity\":1}")));
    }

    /** One piece of the hot product. */
    String hotOrder(long user) {
        return "{\"userId\":" + user + ",\"items\":[{\"productId\":" + hot + ",\"quantity\":1}]}";
    }

    List<Shot> spreadOrders(int kind) {
        SplittableRandom random = new SplittableRandom(SEED);
        return prepared(() -> Shot.post("/orders", order(random, lines(random)), kind));
    }

    private String order(SplittableRandom random, String lines) {
        return "{\"userId\":" + user(random) + ",\"items\":[" + lines + "]}";
    }

    private String lines(SplittableRandom random) {
        StringBuilder lines = new StringBuilder();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            lines.append(i > 0 ? "," : "")
                    .append("{\"productId\":")
                    .append(product(random))
                    .append(",\"quantity\":1}");
        }
        return lines.toString();
    }

    private long user(SplittableRandom random) {
        return 1 + random.nextInt(users);
    }

    private long product(SplittableRandom random) {
        return products.get(random.nextInt(products.size()));
    }

    List<Shot> charges() {
        SplittableRandom random = new SplittableRandom(SEED);
        return prepared(() -> Shot.post("/balance/charge", "{\"userId\":" + user(random) + ",\"amount\":1}"));
    }

    /** One request of every user, in random order. */
    List<Shot> claims(long campaign, int kind) {
        List<Shot> claims = new ArrayList<>(IntStream.rangeClosed(1, users)
                .mapToObj(user ->
                        Shot.post("/coupons/issue", "{\"userId\":" + user + ",\"campaignId\":" + campaign + "}", kind))
                .toList());
        Collections.shuffle(claims, new Random(SEED));
        return claims;
    }

    List<Shot> productPages(int kind) {
        SplittableRandom random = new SplittableRandom(SEED);
        return prepared(() -> Shot.get("/products/" + product(random), kind));
    }

    List<Shot> balances(int kind) {
        SplittableRandom random = new SplittableRandom(SEED);
        return prepared(() -> Shot.get("/balance?userId=" + user(random), kind));
    }

    static Shot productList(int kind) {
        return Shot.get("/products?size=20", kind);
    }

    static Shot bestSellers(int kind) {
        return Shot.get("/products/best-seller?range=3days&limit=5", kind);
    }

    static final int READ = 0;
    static final int COUPON = 1;
    static final int ORDER = 2;

    /** 80 % reads, 15 % coupon requests, 5 % orders. */
    List<Shot> wholeSale() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Shot> pages = productPages(READ);
        List<Shot> balances = balances(READ);
        List<Shot> claims = claims(campaigns.get(campaigns.size() - 1), COUPON);
        List<Shot> orders = spreadOrders(ORDER);
        return prepared(() -> {
            int choice = random.nextInt(100);
            if (choice < 40) {
                return any(random, pages);
            } else if (choice < 60) {
                return productList(READ);
            } else if (choice < 70) {
                return bestSellers(READ);
            } else if (choice < 80) {
                return any(random, balances);
            }
            return any(random, choice < 95 ? claims : orders);
        });
    }

    private static Shot any(SplittableRandom random, List<Shot> shots) {
        return shots.get(random.nextInt(shots.size()));
    }

    private static List<Shot> prepared(java.util.function.Supplier<Shot> shot) {
        return IntStream.range(0, PREPARED).mapToObj(i -> shot.get()).toList();
    }
}
