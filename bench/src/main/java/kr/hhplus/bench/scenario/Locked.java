package kr.hhplus.bench.scenario;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import kr.hhplus.bench.load.LoadPlan;
import kr.hhplus.bench.load.Shots;
import kr.hhplus.bench.report.Run;
import kr.hhplus.bench.report.Run.Counted;
import kr.hhplus.bench.servers.Database;
import kr.hhplus.bench.servers.HttpServer;

/**
 * Orders for all products but one, in turn with and without another session that holds that product's row while a
 * client keeps ordering it. The one lock timeout of a batch happens during the warm-up.
 */
final class Locked implements Scenario {

    private static final String NAME = "locked";

    /** Longer than the lock wait. */
    private static final Duration SETTLES = Duration.ofSeconds(4);

    @Override
    public void play(Stage stage) {
        Database data = stage.copy(NAME);
        stage.results().reference(NAME, "no row locked");
        try (HttpServer service = stage.service(data, NAME)) {
            Shots orders = Shots.around(stage.shop().spreadOrders(0));
            Contender free = new Contender("no row locked", service, () -> new LoadPlan(orders, 1), Counted.OK);
            Contender locked = new Contender("one row locked", service, () -> new LoadPlan(orders, 1), Counted.OK);
            int connections = stage.options().number("connections");
            stage.warmUp(free, connections);
            Pace pace = Pace.closed(connections, SETTLES, stage.options().seconds("seconds"));
            for (int round = 1; round <= stage.options().number("repetitions"); round++) {
                Run without = stage.measure(free, pace).run(NAME, round);
                Run with;
                try (Stranger stranger = new Stranger(data, stage.shop().hot());
                        Asking asking = new Asking(service.port(), stage.shop())) {
                    asking.start();
                    with = stage.measure(locked, pace).run(NAME, round);
                    stranger.mustStillHoldIt();
                }
                List<Run> runs = List.of(without, with);
                runs.forEach(stage::record);
                stage.auditOrDiscard(runs, () -> Stage.audit(service));
            }
        }
        stage.databases().drop(data);
    }

    /** Another database user, because idle sessions of the service's user are killed. */
    private static final class Stranger implements AutoCloseable {

        private final Connection session;

        Stranger(Database data, long product) {
            if (!data.url().startsWith("jdbc:mysql:")) {
                throw new IllegalArgumentException("locked wants --database mysql: nobody else gets into H2");
            }
            try (Connection root = DriverManager.getConnection(data.url(), data.user(), data.password());
                    Statement statement = root.createStatement()) {
                statement.execute("CREATE USER IF NOT EXISTS stranger");
                statement.execute("GRANT ALL ON *.* TO stranger");
                session = DriverManager.getConnection(data.url(), "stranger", "");
                session.setAutoCommit(false);
                try (Statement lock = session.createStatement()) {
                    lock.execute("SELECT id FROM product WHERE id = " + product + " FOR UPDATE");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        void mustStillHoldIt() {
            try {
                if (!session.isValid(5)) {
                    throw new IllegalStateException("the stranger's session has ended");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                session.rollback();
                session.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One user who keeps ordering the locked product and nothing else. */
    private static final class Asking implements AutoCloseable {

        private final HttpClient client = HttpClient.newHttpClient();
        private final HttpRequest request;
        private final Thread thread = new Thread(this::ask, "asking");
        private volatile boolean going = true;

        Asking(int port, Shop shop) {
            request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(shop.hotOrder(shop.users() + 1L)))
                    .build();
        }

        void start() {
            thread.start();
        }

        private void ask() {
            while (going) {
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .handle((answer, failure) -> answer)
                        .join();
            }
        }

        @Override
        public void close() {
            going = false;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
