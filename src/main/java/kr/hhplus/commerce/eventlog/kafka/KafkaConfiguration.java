package kr.hhplus.commerce.eventlog.kafka;

import java.time.Clock;
import java.util.Map;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventLogProperties;
import kr.hhplus.commerce.eventlog.EventSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.kafka.KafkaProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures delivery to Kafka with the connection of {@code spring.kafka.*}. Clients connect on first use. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "commerce.events", havingValue = "kafka")
@EnableConfigurationProperties(KafkaProperties.class)
class KafkaConfiguration {

    @Bean(destroyMethod = "close")
    EventSink kafkaEventSink(
            KafkaProperties kafka, SslBundles bundles, EventLog log, EventLogProperties settings, Clock clock) {
        Map<String, Object> producer = ProducerSettings.of(kafka.buildProducerProperties(bundles));
        Map<String, Object> admin = ProducerSettings.withShortTimeouts(kafka.buildAdminProperties(bundles));
        Map<String, Object> consumer = ProducerSettings.withShortTimeouts(kafka.buildConsumerProperties(bundles));
        consumer.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.remove(ConsumerConfig.GROUP_ID_CONFIG);
        TopicTail tail = new TopicTail(
                () -> new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        OrdersTopic topic = new OrdersTopic(() -> Admin.create(admin), settings);
        return new KafkaEventSink(
                topic,
                tail,
                log,
                () -> new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()),
                settings,
                clock);
    }
}
