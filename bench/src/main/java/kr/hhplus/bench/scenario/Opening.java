package kr.hhplus.bench.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kr.hhplus.bench.Options;
import kr.hhplus.bench.load.Load;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.LoadResult;
import kr.hhplus.bench.load.Shot;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.servers.Http;
import kr.hhplus.bench.servers.HttpServer;

/** Creates products, campaigns and a balance for every user over HTTP. */
final class Opening {

    private static final long STOCK = 1_000_000_000;
    private static final long BALANCE = 10_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Options options;
    private final HttpServer service;
    private final Http http;

    Opening(Options options, HttpServer service) {
        this.options = options;
        this.service = service;
        this.http = service.http();
    }

    Shop open() {
        int users = options.number("users");
        Stage.say("Setting up %,d users and %,d products", users, options.number("products"));
        long hot = product(0);
        List<Long> products = IntStream.rangeClosed(1, options.number("products"))
                .mapToObj(this::product)
                .toList();
        int rushes = options.number("repetitions") + Rush.WARM_UPS;
        List<Long> campaigns =
                LongStream.rangeClosed(0, rushes).mapToObj(this::campaign).toList();
        charge(users);
        return new Shop(users, products, hot, campaigns);
    }

    private Long product(int number) {
        return http.post(
                        "/admin/products",
                        Map.of(
                                "name",
                                "Product " + number,
                                "description",
                                "Made for the benchmark, number " + number + ". "
                                        + "Soft, warm and washable. ".repeat(8),
                                "price",
                                100 + number % 900,
                                "stock",
                                STOCK))
                .path("productId")
                .asLong();
    }

    private Long campaign(long number) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return http.post(
                        "/admin/campaigns",
                        Map.of(
                                "name",
                                "Rush " + number,
                                "discount",
                                Map.of("type", "FIXED", "value", 100),
                                "minOrderAmount",
                                0,
                                "totalQuantity",
                                options.number("coupons"),
                                "startsAt",
                                now.minus(1, ChronoUnit.HOURS).toString(),
                                "endsAt",
                                now.plus(30, ChronoUnit.DAYS).toString(),
                                "couponValidDays",
                                30))
                .path("campaignId")
                .asLong();
    }

    private void charge(int users) {
        List<Shot> charges = IntStream.rangeClosed(1, users)
                .mapToObj(user -> Shot.post("/balance/charge", "{\"userId\":" + user + ",\"amount\":" + BALANCE + "}"))
                .toList();
        LoadResult result =
                new Load(service.port(), 1).closed(new LoadPlan(Shots.once(charges), 1), 256, Duration.ZERO, PATIENCE);
        if (result.all().ok != users) {
            throw new IllegalStateException(result.all().ok + " of " + users + " wallets could be charged");
        }
    }
}
