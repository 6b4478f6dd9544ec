package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.line;
import static kr.hhplus.commerce.testkit.Call.post;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.proof.traffic.Crowd;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Results;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import kr.hhplus.commerce.testkit.Visit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-ins, reconciliations and slow request bodies, all at once: orders go on. */
class BlockingWorkFaults {

    private static final int SIGN_INS_AT_ONCE = 8;
    private static final int RECONCILIATIONS_AT_ONCE = 8;
    private static final int SLOW_BODIES = 400;
    private static final int BUYERS = 4;
    private static final int ROUNDS = 3;
    private static final int ORDERS_PER_SIGN_IN = 3;
    private static final String PASSWORD = "Purple-Kettle-42";

    @Test
    void doesNotStopOrders(@TempDir Path data) throws Exception {
        String[] accounts = {
            "--commerce.accounts.enabled=true",
            "--commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
            "--commerce.accounts.first-admin.name=owner",
            "--commerce.accounts.first-admin.password=" + PASSWORD,
            "--commerce.rate-limit.enabled=false",
            "--commerce.http.request-deadline=5m",
            "--server.tomcat.connection-timeout=5m"
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Shop shop = Shop.open(data, accounts);
                Crowd slow = new Crowd(shop.instances().get(0).base(), SLOW_BODIES)) {
            int port = shop.instances().get(0).base().getPort();
            Client operator = shop.client();
            String token = new Visit(port).signIn("owner", PASSWORD).token();
            operator.showing(call -> token);
            long product = Given.in(shop).aProduct().price(1).onSale();
            List<Client> clients = new ArrayList<>();
            List<Long> users = new ArrayList<>();
            for (int i = 0; i < BUYERS; i++) {
                Client client = new Client(shop.instances().get(0).base());
                users.add(aBuyer(client, port, "buyer" + i + "@shop.kr"));
                clients.add(client);
            }
            Awaitility.await("all slow bodies to be under way")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> slow.begin() == SLOW_BODIES);

            List<Future<?>> blocking = new ArrayList<>();
            AtomicInteger reconciliations = new AtomicInteger();
            for (int i = 0; i < SIGN_INS_AT_ONCE; i++) {
                blocking.add(threads.submit(() -> repeat(() -> new Visit(port).signIn("owner", PASSWORD))));
            }
            for (int i = 0; i < RECONCILIATIONS_AT_ONCE; i++) {
                blocking.add(threads.submit(() -> repeat(() -> {
                    ShopState.of(shop).reconcile();
                    reconciliations.incrementAndGet();
                })));
            }
            AtomicInteger orders = new AtomicInteger();
            List<Future<?>> buying = new ArrayList<>();
            for (int i = 0; i < BUYERS; i++) {
                Client client = clients.get(i);
                long user = users.get(i);
                buying.add(threads.submit(() -> {
                    while (blocking.stream().anyMatch(work -> !work.isDone())) {
                        client.must(Call.order(user, line(product, 1)));
                        orders.incrementAndGet();
                    }
                }));
            }
            for (Future<?> work : blocking) {
                work.get(5, TimeUnit.MINUTES);
            }
            for (Future<?> buyer : buying) {
                buyer.get(1, TimeUnit.MINUTES);
            }

            assertThat(slow.isToldOff())
                    .as("the slow bodies were under way all the time")
                    .isFalse();
            assertThat(orders.get())
                    .as("orders of %d buyers while each of %d signed in %d times", BUYERS, SIGN_INS_AT_ONCE, ROUNDS)
                    .isGreaterThanOrEqualTo(BUYERS * ROUNDS * ORDERS_PER_SIGN_IN);
            assertThat(1_000_000 - operator.must(Call.product(product)).number("stock"))
                    .as("pieces sold")
                    .isEqualTo(orders.get());
            ShopState.of(shop).reconcile();
            Results.note(
                    "%d sign-ins, %d reconciliations and %d slow bodies at once"
                            .formatted(SIGN_INS_AT_ONCE, RECONCILIATIONS_AT_ONCE, SLOW_BODIES),
                    "%,d orders meanwhile, %,d sign-ins, %,d reconciliations"
                            .formatted(orders.get(), SIGN_INS_AT_ONCE * ROUNDS, reconciliations.get()));
        } finally {
            threads.shutdownNow();
        }
    }

    private static void repeat(Runnable work) {
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
    }

    private static long aBuyer(Client client, int port, String name) {
        long user = client.must(post("/users", Map.of("name", name, "password", PASSWORD)))
                .number("userId");
        String token = new Visit(port).signIn(name, PASSWORD).token();
        client.showing(call -> token);
        client.must(Call.charge(user, 1_000_000));
        return user;
    }
}
