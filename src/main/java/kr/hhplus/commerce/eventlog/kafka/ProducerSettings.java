package kr.hhplus.commerce.eventlog.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Combines the operator's Kafka settings with those that the promises require. A setting that contradicts a promise
 * fails the start. Timeouts are short by default, so that shutdown and takeover are quick.
 */
final class ProducerSettings {

    private static final String PROPERTIES = "spring.kafka.producer.properties.";

    private static final Map<String, Object> SHORT_TIMEOUTS = Map.of(
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 3_000,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 4_000,
            CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);

    private ProducerSettings() {}

    /**
     * Returns the producer's settings.
     *
     * @throws InvalidConfigurationPropertyValueException if a setting would break a promise
     */
    static Map<String, Object> of(Map<String, Object> configured) {
        requireOneOf(configured, ProducerConfig.ACKS_CONFIG, "spring.kafka.producer.acks", "all", "-1");
        requireOneOf(configured, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, PROPERTIES + "enable.idempotence", "true");
        requireOneOf(
                configured,
                ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                PROPERTIES + "partitioner.ignore.keys",
                "false");
        requireOneOf(
                configured,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "spring.kafka.producer.compression-type",
                "none",
                "gzip",
                "lz4");
        requireOneOf(configured, ProducerConfig.TRANSACTIONAL_ID_CONFIG, PROPERTIES + "transactional.id");
        Map<String, Object> settings = withShortTimeouts(configured);
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }

    static Map<String, Object> withShortTimeouts(Map<String, Object> configured) {
        Map<String, Object> settings = new HashMap<>(SHORT_TIMEOUTS);
        settings.putAll(configured);
        return settings;
    }

    private static void requireOneOf(Map<String, Object> configured, String key, String property, String... allowed) {
        Object value = configured.get(key);
        if (value != null && !Set.of(allowed).contains(String.valueOf(value))) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    value,
                    allowed.length == 0
                            ? "Kafka transactions are not supported. Remove the setting."
                            : "This value would lose, duplicate or reorder events, or its library is missing. Allowed: "
                                    + String.join(", ", allowed) + ".");
        }
    }
}
