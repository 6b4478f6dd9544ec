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
 * Delivery of events to the data platform. The topic settings apply to {@code commerce.events=kafka} only.
 *
 * @param pollInterval how long the relay sleeps after less than a full batch
 * @param batchMax events that are sent and acknowledged together
 * @param leaseDuration how long the lease of the leader lasts without renewal; the leader renews it six times as often
 * @param backoffMin the pause after the first failure; each further failure doubles it
 * @param backoffMax the longest pause between two attempts while the platform is not reachable
 * @param attemptsMax attempts at an event that the sink refuses, before the event becomes a dead letter; the first
 *     attempt is part of a batch, the others send the event alone
 * @param topic the topic of the events
 * @param topicCreate whether to create a missing topic
 * @param topicPartitions the partitions of a created topic
 * @param topicReplication the replication factor of a created topic; -1 uses the broker's default
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
