package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.proof.traffic.Siege;
import kr.hhplus.commerce.testkit.EventTopic;
import kr.hhplus.commerce.testkit.Instance;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import kr.hhplus.commerce.testkit.servers.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three instances on one MySQL, with Redis and Kafka, under load, and what can happen to any of them:
 * {@code -Dproof.faults} times each. After each fault the shop must sell again by itself, and in the end everything
 * must be as its buyers were told.
 */
@ExtendWith(RealServers.class)
class ThreeInstancesFaults {

    private static final int TIMES = Integer.getInteger("proof.faults", 1);
    private static final Duration FREEZE = Duration.ofSeconds(6);
    private static final Duration PAUSE_OF_KAFKA = Duration.ofSeconds(15);

    @TempDir
    private static Path data;

    private static MySqlServer mySql;
    private static RedisServer redis;
    private static KafkaBroker kafka;
    private static EventTopic topic;
    private static Shop shop;
    private static Siege siege;

    @BeforeAll
    static void open() {
        mySql = MySqlServer.start();
        redis = RedisServer.start();
        kafka = KafkaBroker.start();
        topic = new EventTopic(kafka);
        shop = Shop.openOn(
                mySql,
                3,
                data,
                topic,
                "--commerce.cache=redis",
                "--spring.data.redis.port=" + redis.port(),
                "--commerce.events=kafka",
                "--spring.kafka.bootstrap-servers=" + kafka.address(),
                "--commerce.http.shutdown-delay=2s");
        siege = new Siege(shop);
    }

    @AfterAll
    static void close() {
        List.of(shop, topic, kafka, redis, mySql).forEach(ThreeInstancesFaults::close);
    }

    private static void close(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Instance instance(int time) {
        return shop.instances().get(time % 3);
    }

    @Test
    void surviveTheKillOfOne() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            Instance killed = instance(time);
            siege.strike(killed::kill9);
            killed.start().awaitReady();
        }
        siege.lift("kill -9 of one of three instances, %d times".formatted(TIMES));
    }

    @Test
    void surviveTheKillOfAllAtOnce() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            siege.strike(() -> {
                shop.instances().forEach(Instance::kill9);
                shop.instances().forEach(Instance::start);
                shop.instances().forEach(Instance::awaitReady);
            });
        }
        siege.lift("kill -9 of all three instances at once, %d times".formatted(TIMES));
    }

    @Test
    void goOnBesideAFrozenOne() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            Instance frozen = instance(time);
            siege.strike(() -> {
                frozen.pause();
                siege.awaitServed("beside a frozen instance");
                frozen.resume();
            });
        }
        siege.lift("SIGSTOP of one of three instances for a while, then SIGCONT, %d times".formatted(TIMES));
    }

    @Test
    void areRestartedOneByOneWithoutAFailedRequest() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            Instance next = instance(time);
            siege.strike(() -> {
                next.sigterm();
                assertThat(next.exitCode(Duration.ofSeconds(60))).isIn(0, 143);
                next.start().awaitReady();
            });
        }
        assertThat(siege.failures())
                .as("requests that failed while instances were restarted")
                .isEqualTo(List.of());
        siege.lift("rolling restart, %d instances".formatted(TIMES));
    }

    @Test
    void surviveTheKillOfMySql() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            siege.strike(() -> {
                mySql.kill9();
                mySql.restart();
            });
        }
        siege.lift("kill -9 and restart of MySQL, %d times".formatted(TIMES));
    }

    @Test
    void waitForAFrozenMySql() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            siege.strike(() -> {
                mySql.pause();
                sleep(FREEZE);
                mySql.resume();
            });
        }
        siege.lift("SIGSTOP of MySQL for 6 s, then SIGCONT, %d times".formatted(TIMES));
    }

    @Test
    void doNotNeedRedis() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            siege.strike(redis::kill9);
            siege.strike(redis::restart);
            siege.strike(() -> redis.command("FLUSHALL"));
            siege.strike(() -> {
                redis.pause();
                sleep(FREEZE);
                redis.resume();
            });
        }
        siege.lift("kill -9, restart, FLUSHALL and SIGSTOP of Redis, %d times each".formatted(TIMES));
    }

    @Test
    void doNotNeedKafkaToSell() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            siege.strike(kafka::kill9);
            siege.strike(() -> {
                sleep(FREEZE);
                kafka.restart();
            });
            siege.strike(() -> {
                kafka.pause();
                sleep(PAUSE_OF_KAFKA);
                kafka.resume();
            });
        }
        siege.lift("kill -9 and restart of Kafka, and SIGSTOP for 15 s, %d times each".formatted(TIMES));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
