package kr.hhplus.commerce.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import kr.hhplus.commerce.shared.time.Loop;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses the way out to the data platform by {@code commerce.events}, and keeps the relay going. */
@Configuration(proxyBeanMethods = false)
class FeedConfiguration {

    @Bean(destroyMethod = "close")
    Delivery delivery(
            @Value("${commerce.events:file}") String form,
            @Value("${commerce.data-dir}") Path dataDirectory,
            EventLog log,
            ObjectMapper json) {
        if (!form.equals("file")) {
            throw new IllegalArgumentException("commerce.events knows 'file', not '" + form + "'");
        }
        return new FileDelivery(dataDirectory.resolve("events"), log, json);
    }

    @Bean(destroyMethod = "close")
    Relay relay(EventLog log, FeedReaders readers, Delivery delivery, FeedSettings settings, MeterRegistry registry) {
        return new Relay(log, readers, delivery, settings.chunk(), registry);
    }

    @Bean
    Loop relayLoop(Relay relay, FeedSettings settings) {
        return new Loop("feed-relay", settings.poll(), relay::step, relay::failed);
    }
}
