package kr.hhplus.commerce.feed.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import kr.hhplus.commerce.feed.Delivery;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.FeedReaders;
import kr.hhplus.commerce.feed.FeedSettings;
import kr.hhplus.commerce.feed.RewindDetector;
import kr.hhplus.commerce.shared.time.Loop;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Puts the relay together with the delivery that {@code commerce.events} names, and keeps it and its lease going. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    private static final int ROUNDS_PER_LEASE = 6;
    private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "commerce.events", havingValue = "file", matchIfMissing = true)
    Delivery fileDelivery(@Value("${commerce.data-dir}") Path dataDirectory, EventLog log, ObjectMapper json) {
        return new FileDelivery(dataDirectory.resolve("events"), log, json);
    }

    /** Before there is any bean: before a database is opened. */
    @Bean
    static BeanFactoryPostProcessor knownForm(Environment settings) {
        return beans -> {
            String form = settings.getProperty("commerce.events", "file");
            if (!form.equals("file") && !form.equals("kafka")) {
                throw new InvalidConfigurationPropertyValueException("commerce.events", form, "It is file or kafka.");
            }
        };
    }

    @Bean(destroyMethod = "close")
    Election election(JdbcLeases leases, FeedSettings settings, @Value("${spring.datasource.url}") String database) {
        if (database.startsWith("jdbc:h2:") && !database.startsWith("jdbc:h2:tcp:")) {
            leases.releaseAll();
        }
        return new Election(leases, settings.lease());
    }

    @Bean
    RelayMetrics relayMetrics(
            MeterRegistry registry, Backlog backlog, JdbcParkedEvents parkedEvents, Election election) {
        return new RelayMetrics(registry, backlog, parkedEvents, election::isWriter);
    }

    @Bean(destroyMethod = "close")
    Relay relay(
            EventLog log,
            FeedReaders readers,
            RewindDetector rewinds,
            Delivery delivery,
            JdbcReplays replays,
            JdbcParkedEvents parkedEvents,
            RelayMetrics metrics,
            FeedSettings settings) {
        return new Relay(log, readers, rewinds, delivery, replays, parkedEvents, metrics, settings.chunk());
    }

    @Bean
    Loop eventLogWatchLoop(RewindDetector rewinds) {
        return new Loop("event-log-watch", WATCH_PERIOD, rewinds::check, () -> {});
    }

    @Bean
    Loop leaseLoop(Election election, FeedSettings settings) {
        return new Loop("feed-lease", settings.lease().dividedBy(ROUNDS_PER_LEASE), election::renew, () -> {});
    }

    @Bean
    Loop relayLoop(Election election, Relay relay, JdbcLeases leases, FeedSettings settings) {
        ElectedRelay elected = new ElectedRelay(election, relay, leases);
        Loop.Backoff backoff = new Loop.Backoff(settings.backoffMin(), settings.backoffMax());
        return new Loop("feed-relay", settings.poll(), backoff, elected::step, elected::failed);
    }
}
