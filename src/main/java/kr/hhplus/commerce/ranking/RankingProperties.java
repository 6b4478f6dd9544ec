package kr.hhplus.commerce.ranking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The freshness of best sellers. With the defaults a sale appears within a second.
 *
 * @param pollInterval how long the aggregator sleeps at the end of the event log
 * @param cacheDuration how long a list is cached
 */
@ConfigurationProperties("commerce.ranking")
record RankingProperties(
        @DefaultValue("400ms") Duration pollInterval,
        @DefaultValue("250ms") Duration cacheDuration) {}
