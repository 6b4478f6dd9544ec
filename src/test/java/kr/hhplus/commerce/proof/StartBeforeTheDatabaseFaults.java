package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Instance;
import kr.hhplus.commerce.testkit.Platform;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.ShopState;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two instances are started at once, in the default profile, on an empty MySQL that comes up after them. */
@ExtendWith(RealServers.class)
class StartBeforeTheDatabaseFaults {

    private static final Platform NONE = pulled -> {};

    @Test
    void waitSayForWhatAndShareTheFirstStart(@TempDir Path data) {
        try (MySqlServer mySql = MySqlServer.start()) {
            String url = mySql.newDatabase();
            mySql.kill9();
            try (Shop shop = Shop.starting(url, 2, data, NONE, "--commerce.sample-data=true")) {
                for (Instance instance : shop.instances()) {
                    Awaitility.await("a line that says for what it waits, see " + instance.log())
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> log(instance)
                                    .contains("Waiting for the database at jdbc:mysql://" + mySql.address()));
                }
                mySql.restart();
                shop.instances().forEach(Instance::awaitReady);

                List<String> logs = shop.instances().stream()
                        .map(StartBeforeTheDatabaseFaults::log)
                        .toList();
                assertThat(logs)
                        .as("instances that filled the database")
                        .filteredOn(log -> log.contains("Inserted sample products and coupon campaigns"))
                        .hasSize(1);
                assertThat(logs).as("stack traces").noneMatch(log -> log.contains("\n\tat "));
                long user = Given.in(shop).aUserWithBalance(1_000_000);
                for (Instance instance : shop.instances()) {
                    instance.client().must(Call.order(user, Call.line(1, 1)));
                }
                ShopState.of(shop).reconcile();
            }
        }
    }

    private static String log(Instance instance) {
        try {
            return Files.readString(instance.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
