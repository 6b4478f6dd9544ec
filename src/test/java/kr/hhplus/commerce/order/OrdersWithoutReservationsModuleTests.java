package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.ServedShop;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reservations cost orders nothing: H2 records every statement while orders are placed and cancelled. */
@ServedShop
class OrdersWithoutReservationsModuleTests {

    /** The search for expired reservations, which runs beside every batch. */
    private static final String SWEEP = "expires_at <= ?";

    private final Client client;
    private final Given given;

    @Autowired
    private JdbcTemplate jdbc;

    OrdersWithoutReservationsModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private List<String> statementsOf(Runnable calls) {
        jdbc.execute("SET QUERY_STATISTICS TRUE");
        try {
            calls.run();
            return jdbc
                    .queryForList("SELECT sql_statement FROM information_schema.query_statistics", String.class)
                    .stream()
                    .filter(statement -> !statement.contains(SWEEP))
                    .toList();
        } finally {
            jdbc.execute("SET QUERY_STATISTICS FALSE");
        }
    }

    @Test
    void runNoStatementMore() {
        long user = given.aUserWithBalance(10_000);
        long product = given.aProduct().onSale();
        client.must(Call.limitPurchases(product, 5L));
        List<String> ofOrders = statementsOf(() -> {
            String order = client.must(Call.order(user, Call.line(product, 2)).withKey("order"))
                    .text("orderId");
            client.send(Call.order(user, Call.line(product, 6)));
            client.must(Call.cancel(order));
        });
        assertThat(ofOrders)
                .contains("UPDATE product SET stock = stock + ? WHERE id IN (?)")
                .noneMatch(statement -> statement.contains("reservation") || statement.contains("held"));

        List<String> ofReservations = statementsOf(() -> {
            String held = client.must(Call.hold(user, Call.line(product, 2))).text("reservationId");
            client.must(Call.release(held));
        });
        assertThat(ofReservations)
                .anyMatch(statement -> statement.startsWith("INSERT INTO reservation "))
                .contains("UPDATE product SET stock = stock + ?, held = held + ? WHERE id IN (?)");
    }

    @Test
    void lockNoProductOfAReservationThatStaysAsItIs() {
        long product = given.aProduct().onSale();
        long user = given.aUser();
        long stranger = given.aUserWithBalance(10_000);
        String open = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        String ended = client.must(Call.hold(user, Call.line(product, 1))).text("reservationId");
        client.must(Call.release(ended));
        List<String> statements = statementsOf(() -> {
            client.must(Call.release(ended));
            client.send(Call.payReservation(stranger, open));
            client.send(Call.payReservation(user, ended));
        });
        assertThat(statements)
                .anyMatch(statement -> statement.contains("FROM reservation"))
                .noneMatch(statement -> statement.contains("FROM product"));
    }
}
