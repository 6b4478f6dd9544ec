package kr.hhplus.commerce.soldout;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import kr.hhplus.commerce.CommerceApplication;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.servers.RedisServer;
import kr.hhplus.commerce.testkit.servers.TestDatabase;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Two instances of the service on one database and one Redis, and a way to put things into that Redis by hand. */
final class TwoInstances implements AutoCloseable {

    private final RedisServer redis = RedisServer.start();
    private final LettuceConnectionFactory connections;
    private final StringRedisTemplate byHand;
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    TwoInstances() {
        connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
        connections.afterPropertiesSet();
        connections.start();
        byHand = new StringRedisTemplate(connections);
        TestDatabase database = TestDatabase.create();
        for (int i = 0; i < 2; i++) {
            contexts.add(new SpringApplicationBuilder(CommerceApplication.class)
                    .run(
                            "--server.port=0",
                            "--spring.datasource.url=" + database.url(),
                            "--spring.datasource.username=" + database.user(),
                            "--spring.datasource.password=",
                            "--commerce.sample-data=false",
                            "--commerce.cache=redis",
                            "--spring.data.redis.host=127.0.0.1",
                            "--spring.data.redis.port=" + redis.port(),
                            "--spring.main.banner-mode=off"));
        }
    }

    RedisServer redis() {
        return redis;
    }

    /** @param instance 0 or 1 */
    Client client(int instance) {
        String port = contexts.get(instance).getEnvironment().getRequiredProperty("local.server.port");
        return new Client(URI.create("http://127.0.0.1:" + port));
    }

    StringRedisTemplate byHand() {
        return byHand;
    }

    void forgetEverything() {
        try (RedisConnection connection = connections.getConnection()) {
            connection.serverCommands().flushAll();
        }
    }

    double counted(int instance, String name, String tag, String value) {
        return contexts.get(instance)
                .getBean(MeterRegistry.class)
                .get(name)
                .tag(tag, value)
                .counter()
                .count();
    }

    double shown(int instance, String name) {
        return contexts.get(instance)
                .getBean(MeterRegistry.class)
                .get(name)
                .gauge()
                .value();
    }

    double signsUp(int instance, String kind) {
        return contexts.get(instance)
                .getBean(MeterRegistry.class)
                .get("commerce.soldout.cache.size")
                .tag("kind", kind)
                .gauge()
                .value();
    }

    boolean bothReachRedis() {
        return shown(0, "commerce.cache.redis.reachable") == 1 && shown(1, "commerce.cache.redis.reachable") == 1;
    }

    boolean noneReachesRedis() {
        return shown(0, "commerce.cache.redis.reachable") == 0 && shown(1, "commerce.cache.redis.reachable") == 0;
    }

    boolean bothAreHealthy() {
        return isUp(0, "/actuator/health") && isUp(1, "/actuator/health/readiness");
    }

    private boolean isUp(int instance, String path) {
        try {
            return client(instance).attempt(Call.get(path)).text("status").equals("UP");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        connections.destroy();
        contexts.forEach(ConfigurableApplicationContext::close);
        redis.close();
    }
}
