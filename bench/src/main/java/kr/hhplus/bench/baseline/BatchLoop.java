package kr.hhplus.bench.baseline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kr.hhplus.bench.servers.CpuTime;

/** The limit of the database: batches of orders from one thread, with the service's statements and without HTTP. */
public final class BatchLoop {

    private BatchLoop() {}

    /**
     * The arguments of the command line.
     *
     * @param hotProduct the only product to order, or 0 for one to three random products
     * @param databasePid 0 if the database is in this process
     */
    record Order(
            String url,
            String user,
            String password,
            int batch,
            int warmUpSeconds,
            int seconds,
            long firstProduct,
            int products,
            long hotProduct,
            int users,
            long databasePid,
            Path result) {

        static Order of(String[] a) {
            return new Order(
                    a[0],
                    a[1],
                    a[2],
                    Integer.parseInt(a[3]),
                    Integer.parseInt(a[4]),
                    Integer.parseInt(a[5]),
                    Long.parseLong(a[6]),
                    Integer.parseInt(a[7]),
                    Long.parseLong(a[8]),
                    Integer.parseInt(a[9]),
                    Long.parseLong(a[10]),
                    Path.of(a[11]));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Order order = Order.of(arguments);
        try (Connection connection = DriverManager.getConnection(order.url(), order.user(), order.password())) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            OrderBatches batches = new OrderBatches(connection, order);
            repeat(batches, order.warmUpSeconds());
            long self = ProcessHandle.current().pid();
            long client = CpuTime.microsOf(self);
            long database = CpuTime.microsOf(order.databasePid());
            long start = System.nanoTime();
            long orders = repeat(batches, order.seconds());
            double seconds = (System.nanoTime() - start) / 1e9;
            Map<String, Object> result = Map.of(
                    "orders",
                    orders,
                    "seconds",
                    seconds,
                    "clientMicros",
                    CpuTime.microsOf(self) - client,
                    "databaseMicros",
                    CpuTime.microsOf(order.databasePid()) - database);
            new ObjectMapper().writeValue(order.result().toFile(), result);
        }
    }

    private static long repeat(OrderBatches batches, int seconds) throws SQLException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long orders = 0;
        while (System.nanoTime() - until < 0) {
            orders += batches.next();
        }
        return orders;
    }
}
