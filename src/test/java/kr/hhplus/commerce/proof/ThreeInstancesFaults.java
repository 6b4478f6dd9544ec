package kr.hhplus.commerce.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import kr.hhplus.commerce.proof.traffic.FaultInjection;
import kr.hhplus.commerce.testkit.EventTopic;
import kr.hhplus.commerce.testkit.Instance;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.servers.KafkaBroker;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import kr.hhplus.commerce.testkit.servers.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
    private static FaultInjection faults;

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
        faults = new FaultInjection(shop);
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
            faults.inject(killed::kill9);
            killed.start().awaitReady();
        }
        faults.verify("kill -9 of one of three instances, %d times".formatted(TIMES));
    }

    @Test
    @Tag("full")
    void surviveTheKillOfAllAtOnce() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            faults.inject(() -> {
                shop.instances().forEach(Instance::kill9);
                shop.instances().forEach(Instance::start);
                shop.instances().forEach(Instance::awaitReady);
            });
        }
        faults.verify("kill -9 of all three instances at once, %d times".formatted(TIMES));
    }

    @Test
    @Tag("full")
    void goOnBesideAFrozenOne() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            Instance frozen = instance(time);
            faults.inject(() -> {
                frozen.pause();
                faults.awaitServed("beside a frozen instance");
                frozen.resume();
            });
        }
        faults.verify("SIGSTOP of one of three instances for a while, then SIGCONT, %d times".formatted(TIMES));
    }

    @Test
    void areRestartedOneByOneWithoutAFailedRequest() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            Instance next = instance(time);
            faults.inject(() -> {
                next.sigterm();
                assertThat(next.exitCode(Duration.ofSeconds(60))).isIn(0, 143);
                next.start().awaitReady();
            });
        }
        assertThat(faults.failures())
                .as("requests that failed while instances were restarted")
                .isEqualTo(List.of());
        faults.verify("rolling restart, %d instances".formatted(TIMES));
    }

    @Test
    void surviveTheKillOfMySql() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            faults.inject(() -> {
                mySql.kill9();
                mySql.restart();
            });
        }
        faults.verify("kill -9 and restart of MySQL, %d times".formatted(TIMES));
    }

    @Test
    @Tag("full")
    void waitForAFrozenMySql() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            faults.inject(() -> {
                mySql.pause();
                sleep(FREEZE);
                mySql.resume();
            });
        }
        faults.verify("SIGSTOP of MySQL for 6 s, then SIGCONT, %d times".formatted(TIMES));
    }

    @Test
    void doNotNeedRedis() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            faults.inject(redis::kill9);
            faults.inject(redis::restart);
            faults.inject(() -> redis.command("FLUSHALL"));
            faults.inject(() -> {
                redis.pause();
                sleep(FREEZE);
                redis.resume();
            });
        }
        faults.verify("kill -9, restart, FLUSHALL and SIGSTOP of Redis, %d times each".formatted(TIMES));
    }

    @Test
    @Tag("full")
    void doNotNeedKafkaToSell() throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            faults.inject(kafka::kill9);
            faults.inject(() -> {
                sleep(FREEZE);
                kafka.restart();
            });
            faults.inject(() -> {
                kafka.pause();
                sleep(PAUSE_OF_KAFKA);
                kafka.resume();
            });
        }
        faults.verify("kill -9 and restart of Kafka, and SIGSTOP for 15 s, %d times each".formatted(TIMES));
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
