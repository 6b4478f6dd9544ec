package kr.hhplus.commerce.feed;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are carried to the data platform.
 *
 * @param poll how long the relay rests when it has nothing to carry
 * @param chunk events that it hands over, and forces to disk, at once
 */
@Validated
@ConfigurationProperties("commerce.feed")
record FeedSettings(
        @DefaultValue("100ms") Duration poll,
        @DefaultValue("500") @Min(1) @Max(10_000) int chunk) {}
