package kr.hhplus.commerce.ranking;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The freshness of best sellers. With the defaults a sale appears within a second.
 *
 * @param pollInterval how long the aggregator sleeps at the end of the event log
 * @param cacheDuration how long a list is cached
 * @param loadWaitMax how long a request waits for a list that another request is loading; then it gets 503
 */
@Validated
@ConfigurationProperties("commerce.ranking")
record RankingProperties(
        @DefaultValue("400ms") Duration pollInterval,
        @DefaultValue("250ms") Duration cacheDuration,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration loadWaitMax) {}
