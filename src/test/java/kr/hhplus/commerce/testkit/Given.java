package kr.hhplus.commerce.testkit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** What stands before a test begins. Every user, product and campaign is new, so tests can share a shop. */
public final class Given {

    private static final long CHARGE_MAX = 10_000_000;
    private static final AtomicLong NUMBERS = new AtomicLong(1_000_000);

    private final Client client;

    public Given(Client client) {
        this.client = client;
    }

    public static Given in(Shop shop) {
        return new Given(shop.client());
    }

    public long aUser() {
        return NUMBERS.incrementAndGet();
    }

    public long aUserWithBalance(long won) {
        long user = aUser();
        for (long left = won; left > 0; left -= CHARGE_MAX) {
            client.must(Call.charge(user, Math.min(left, CHARGE_MAX)));
        }
        return user;
    }

    public long[] usersWithBalance(int count, long won) {
        return LongStream.range(0, count).map(i -> aUserWithBalance(won)).toArray();
    }

    public NewProduct aProduct() {
        return new NewProduct(1_000, 1_000_000);
    }

    /** A campaign that takes {@code won} off every order. */
    public long aCampaign(long won, long coupons) {
        return client.must(Call.createCampaign("Campaign " + NUMBERS.incrementAndGet(), won, coupons))
                .number("campaignId");
    }

    /** A product on its way into the catalogue. */
    public final class NewProduct {

        private final long price;
        private final long stock;

        private NewProduct(long price, long stock) {
            this.price = price;
            this.stock = stock;
        }

        public NewProduct price(long won) {
            return new NewProduct(won, stock);
        }

        public NewProduct stock(long pieces) {
            return new NewProduct(price, pieces);
        }

        /** @return its id */
        public long onSale() {
            return client.must(Call.createProduct("Product " + NUMBERS.incrementAndGet(), price, stock))
                    .number("productId");
        }
    }
}
