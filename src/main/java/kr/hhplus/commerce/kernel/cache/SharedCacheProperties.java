package kr.hhplus.commerce.kernel.cache;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of values that instances share through Redis.
 *
 * @param timeout how long a reader waits for Redis before it reads the database
 * @param circuitOpenDuration how long Redis calls are skipped after a failure
 * @param valueBytesMax longer values are neither written nor read
 * @param maxConcurrency Redis calls at once; one more counts as a failure
 */
@Validated
@ConfigurationProperties("commerce.shared-cache")
record SharedCacheProperties(
        @NotNull @DefaultValue("50ms") Duration timeout,
        @NotNull @DefaultValue("500ms") Duration circuitOpenDuration,
        @DefaultValue("262144") @Min(1) int valueBytesMax,
        @DefaultValue("8") @Min(1) int maxConcurrency) {}
