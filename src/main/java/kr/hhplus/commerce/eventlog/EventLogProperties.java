package kr.hhplus.commerce.eventlog;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are carried to the data platform. The topic's settings apply to {@code commerce.events=kafka} alone.
 *
 * @param pollInterval how long the relay sleeps after less than a full batch
 * @param batchMax events that are sent and acknowledged together
 * @param leaseDuration how long an instance that died stays the leader; it is renewed six times as often
 * @param backoffMin the pause after a first failure; each further one doubles it
 * @param backoffMax the longest pause between two attempts while the platform is out of reach
 * @param attemptsMax attempts at an event that the sink refuses, before it becomes a dead letter; the first in a batch,
 *     then alone
 * @param topic where the events go
 * @param topicCreate whether a topic that is missing is created
 * @param topicPartitions of the topic, when it is created
 * @param topicReplication of the topic, when it is created; -1 leaves it to the broker
 */
@Validated
@ConfigurationProperties("commerce.event-log")
public record EventLogProperties(
        @DefaultValue("100ms") @DurationMin(millis = 1) Duration pollInterval,
        @DefaultValue("500") @Min(1) @Max(10_000) int batchMax,
        @DefaultValue("6s") @DurationMin(millis = 100) Duration leaseDuration,
        @DefaultValue("100ms") @DurationMin(millis = 1) Duration backoffMin,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration backoffMax,
        @DefaultValue("5") @Min(2) @Max(100) int attemptsMax,

        @DefaultValue("commerce.orders.v1") @Pattern(regexp = "[A-Za-z0-9._-]{1,249}")
        String topic,

        @DefaultValue("true") boolean topicCreate,
        @DefaultValue("12") @Min(1) @Max(10_000) int topicPartitions,
        @DefaultValue("-1") @Min(-1) @Max(100) short topicReplication) {}
