package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A database user who is not the service holds a product, a buyer's wallet and a coupon, one after the other, while
 * sixteen buyers order something else.
 */
@ExtendWith(RealServers.class)
class LockedRowFaults {

    private static final int BUYERS = 16;
    private static final int ORDERS = 300;
    private static final Duration ORDERS_WAIT_MAX = Duration.ofSeconds(60);

    /** Four writers in the long run only. */
    private static List<Integer> writers() {
        return Integer.getInteger("proof.faults", 1) > 1 ? List.of(1, 4) : List.of(1);
    }

    @ParameterizedTest
    @MethodSource("writers")
    void leaveAllOtherOrdersAlone(int writers, MySqlServer mySql, @TempDir Path data) throws Exception {
        String url = mySql.newDatabase();
        String[] options = {
            "--spring.datasource.url=" + url,
            "--spring.datasource.username=" + MySqlServer.USER,
            "--commerce.group-commit.writers=" + writers
        };
        try (Shop shop = Shop.open(data, options);
                Stranger stranger = new Stranger(mySql, url);
                Buyers buyers = new Buyers(shop)) {
            Given given = Given.in(shop);
            long held = given.aProduct().onSale();
            long free = buyers.product;
            long user = given.aUserWithBalance(100_000);
            String coupon = shop.client()
                    .must(Call.issue(user, given.aCampaign(10, 10)))
                    .text("couponId");
            buyers.start();
            buyers.ordersASecond();
            measure(shop, stranger, buyers, writers, "product", held, Call.order(user, Call.line(held, 1)));
            measure(shop, stranger, buyers, writers, "wallet", user, Call.order(user, Call.line(free, 1)));
            measure(shop, stranger, buyers, writers, "coupon", user, Call.order(user, coupon, Call.line(free, 1)));
            buyers.stop();
            assertThat(buyers.failed).isEmpty();
            ShopState.of(shop).reconcile();
        }
    }

    private static void measure(
            Shop shop, Stranger stranger, Buyers buyers, int writers, String what, long key, Call wanting)
            throws SQLException {
        double before = buyers.ordersASecond();
        stranger.hold(what, key);
        CompletableFuture<Reply> waiting = shop.client().sendAsync(wanting.withKey(what));
        Awaitility.await("the order that wants the row to be set aside")
                .atMost(ORDERS_WAIT_MAX)
                .until(() -> metrics(shop).contains("commerce_groupcommit_set_aside{queue=\"order\"} 1.0"));
        double meanwhile = buyers.ordersASecond();
        assertThat(stranger.holds()).isTrue();
        stranger.letGo();
        Reply reply = waiting.join();
        assertThat(reply.done() || reply.is("ROW_LOCKED")).as(reply.toString()).isTrue();
        shop.client().must(wanting.withKey(what));
        Results.note(
                "a stranger holds a %s, %d writer(s)".formatted(what, writers),
                "%,.0f orders of others a second before, %,.0f meanwhile".formatted(before, meanwhile));
    }

    private static String metrics(Shop shop) throws IOException, InterruptedException {
        URI metrics = shop.instances().get(0).base().resolve("/actuator/prometheus");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();
    }

    /** A session that has nothing to do with the service. */
    private static final class Stranger implements AutoCloseable {

        private final Connection session;

        Stranger(MySqlServer mySql, String url) throws SQLException {
            mySql.execute("CREATE USER IF NOT EXISTS stranger");
            mySql.execute("GRANT ALL ON *.* TO stranger");
            session = DriverManager.getConnection(url, "stranger", "");
            session.setAutoCommit(false);
        }

        void hold(String table, long key) throws SQLException {
            String column = table.equals("product") ? "id" : "user_id";
            try (PreparedStatement lock = session.prepareStatement(
                    "SELECT " + column + " FROM " + table + " WHERE " + column + " = ? FOR UPDATE")) {
                lock.setLong(1, key);
                assertThat(lock.executeQuery().next()).isTrue();
            }
        }

        boolean holds() throws SQLException {
            return session.isValid(5);
        }

        void letGo() throws SQLException {
            session.rollback();
        }

        @Override
        public void close() throws SQLException {
            session.close();
        }
    }

    /** Each with a wallet of its own, all on one product, one order after the other. */
    private static final class Buyers implements AutoCloseable {

        private final Shop shop;
        private final long product;
        private final AtomicInteger ordered = new AtomicInteger();
        private final Queue<Reply> failed = new ConcurrentLinkedQueue<>();
        private final List<Thread> threads;
        private volatile boolean going = true;

        Buyers(Shop shop) {
            this.shop = shop;
            Given given = Given.in(shop);
            product = given.aProduct().price(1).onSale();
            long[] users = given.usersWithBalance(BUYERS, 1_000_000);
            threads = IntStream.range(0, BUYERS)
                    .mapToObj(i -> new Thread(() -> order(users[i])))
                    .toList();
        }

        void start() {
            threads.forEach(Thread::start);
        }

        private void order(long user) {
            while (going) {
                Reply reply = shop.client().send(Call.order(user, Call.line(product, 1)));
                if (reply.done()) {
                    ordered.incrementAndGet();
                } else {
                    failed.add(reply);
                }
            }
        }

        /** Waits for so many orders more. */
        double ordersASecond() {
            int wanted = ordered.get() + ORDERS;
            long begun = System.nanoTime();
            Awaitility.await("orders of others")
                    .atMost(ORDERS_WAIT_MAX)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> ordered.get() >= wanted);
            return ORDERS * 1e9 / (System.nanoTime() - begun);
        }

        void stop() {
            going = false;
            Awaitility.await("the buyers to have their last answers")
                    .atMost(ORDERS_WAIT_MAX)
                    .until(() -> threads.stream().noneMatch(Thread::isAlive));
        }

        @Override
        public void close() {
            stop();
        }
    }
}
