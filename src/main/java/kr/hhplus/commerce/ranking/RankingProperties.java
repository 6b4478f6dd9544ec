package kr.hhplus.commerce.ranking;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fresh best sellers are; with both as they are, well within a second.
 *
 * @param pollInterval how long counting rests when it has come to the end of the log
 * @param cacheDuration how long an answer is shared
 */
@ConfigurationProperties("commerce.ranking")
record RankingProperties(
        @DefaultValue("400ms") Duration pollInterval,
        @DefaultValue("250ms") Duration cacheDuration) {}
