package kr.hhplus.commerce.eventlog.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What the operator set, with what the promises need: a setting against one of them is refused at start, time-outs are
 * short where none were set, so that stopping and taking over are prompt.
 */
final class ProducerSettings {

    private static final String PROPERTIES = "spring.kafka.producer.properties.";

    private static final Map<String, Object> SHORT_TIMEOUTS = Map.of(
            CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 3_000,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 2_000,
            CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 4_000,
            CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);

    private ProducerSettings() {}

    /** @throws InvalidConfigurationPropertyValueException where a setting would break a promise */
    static Map<String, Object> of(Map<String, Object> set) {
        only(set, ProducerConfig.ACKS_CONFIG, "spring.kafka.producer.acks", "all", "-1");
        only(set, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, PROPERTIES + "enable.idempotence", "true");
        only(set, ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, PROPERTIES + "partitioner.ignore.keys", "false");
        only(
                set,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "spring.kafka.producer.compression-type",
                "none",
                "gzip",
                "lz4");
        only(set, ProducerConfig.TRANSACTIONAL_ID_CONFIG, PROPERTIES + "transactional.id");
        Map<String, Object> settings = withShortTimeouts(set);
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }

    static Map<String, Object> withShortTimeouts(Map<String, Object> set) {
        Map<String, Object> settings = new HashMap<>(SHORT_TIMEOUTS);
        settings.putAll(set);
        return settings;
    }

    private static void only(Map<String, Object> set, String key, String property, String... allowed) {
        Object value = set.get(key);
        if (value != null && !Set.of(allowed).contains(String.valueOf(value))) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    value,
                    allowed.length == 0
                            ? "No delivery rests on Kafka's transactions; leave it out."
                            : "Events are lost, doubled or out of order with it, or it is not on board; allowed: "
                                    + String.join(", ", allowed) + ".");
        }
    }
}
