package kr.hhplus.commerce.eventlog.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import kr.hhplus.commerce.eventlog.ConsumerOffsets;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventLogProperties;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.RewindDetector;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Runs the relay, its lease and the sink that {@code commerce.events} selects. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

    private static final int RENEWALS_PER_LEASE = 6;
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "commerce.events", havingValue = "file", matchIfMissing = true)
    EventSink fileEventSink(@Value("${commerce.data-dir}") Path dataDirectory, EventLog log, ObjectMapper json) {
        return new FileEventSink(dataDirectory.resolve("events"), log, json);
    }

    /** Checks the setting before any bean exists, and so before a database is opened. */
    @Bean
    static BeanFactoryPostProcessor knownSink(Environment settings) {
        return beans -> {
            String sink = settings.getProperty("commerce.events", "file");
            if (!sink.equals("file") && !sink.equals("kafka")) {
                throw new InvalidConfigurationPropertyValueException("commerce.events", sink, "It is file or kafka.");
            }
        };
    }

    @Bean(destroyMethod = "close")
    LeaderElection election(
            JdbcLeases leases, EventLogProperties settings, @Value("${spring.datasource.url}") String database) {
        if (database.startsWith("jdbc:h2:") && !database.startsWith("jdbc:h2:tcp:")) {
            leases.releaseAll();
        }
        return new LeaderElection(leases, settings.leaseDuration());
    }

    @Bean
    RelayMetrics relayMetrics(
            MeterRegistry registry, RelayLag lag, JdbcDeadLetters deadLetters, LeaderElection election) {
        return new RelayMetrics(registry, lag, deadLetters, election::isLeader);
    }

    @Bean(destroyMethod = "close")
    EventRelay relay(
            EventLog log,
            ConsumerOffsets offsets,
            RewindDetector rewinds,
            EventSink sink,
            JdbcReplays replays,
            JdbcDeadLetters deadLetters,
            RelayMetrics metrics,
            EventLogProperties settings) {
        return new EventRelay(log, offsets, rewinds, sink, replays, deadLetters, metrics, settings.batchMax());
    }

    @Bean
    BackgroundTask eventLogWatchLoop(RewindDetector rewinds) {
        return BackgroundTask.periodic("event-log-watch", CHECK_INTERVAL, rewinds::check);
    }

    @Bean
    BackgroundTask leaseLoop(LeaderElection election, EventLogProperties settings) {
        return BackgroundTask.periodic(
                "feed-lease", settings.leaseDuration().dividedBy(RENEWALS_PER_LEASE), election::renew);
    }

    @Bean
    BackgroundTask relayLoop(
            LeaderElection election, EventRelay relay, JdbcLeases leases, EventLogProperties settings) {
        LeaderRelay elected = new LeaderRelay(election, relay, leases);
        BackgroundTask.Backoff backoff = new BackgroundTask.Backoff(settings.backoffMin(), settings.backoffMax());
        return new BackgroundTask("feed-relay", settings.pollInterval(), backoff, elected::step, elected::failed);
    }
}
