package kr.hhplus.commerce.eventlog.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class ProducerSettingsTests {

    @Test
    void areSafeAndPromptWhereNothingIsSet() {
        assertThat(ProducerSettings.of(Map.of()))
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("delivery.timeout.ms", 5_000)
                .containsEntry("max.block.ms", 3_000);
    }

    @Test
    void leaveAnOperatorsOwnTimeOutsAndSecurityAsTheyAre() {
        assertThat(ProducerSettings.of(Map.of(
                        "request.timeout.ms", "9000", "delivery.timeout.ms", "20000", "security.protocol", "SASL_SSL")))
                .containsEntry("request.timeout.ms", "9000")
                .containsEntry("delivery.timeout.ms", "20000")
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1, spring.kafka.producer.acks",
        "acks, 0, spring.kafka.producer.acks",
        "enable.idempotence, false, spring.kafka.producer.properties.enable.idempotence",
        "partitioner.ignore.keys, true, spring.kafka.producer.properties.partitioner.ignore.keys",
        "compression.type, zstd, spring.kafka.producer.compression-type",
        "transactional.id, orders, spring.kafka.producer.properties.transactional.id"
    })
    void areRefusedWhereTheyWouldBreakAPromise(String key, String value, String property) {
        assertThatThrownBy(() -> ProducerSettings.of(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        InvalidConfigurationPropertyValueException.class,
                        refused -> assertThat(refused.getName()).isEqualTo(property));
    }
}
