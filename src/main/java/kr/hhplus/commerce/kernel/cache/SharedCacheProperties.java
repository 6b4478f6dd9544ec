package kr.hhplus.commerce.kernel.cache;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of snapshots that instances share.
 *
 * @param waitMax how long a reader waits for Redis before it asks the database
 * @param rest how long Redis is left alone after a failure
 * @param bytesMax longer values are neither written nor read
 * @param readers how many may wait for Redis at once; one more counts as a failure
 */
@Validated
@ConfigurationProperties("commerce.snapshots")
record SharedCacheProperties(
        @NotNull @DefaultValue("50ms") Duration waitMax,
        @NotNull @DefaultValue("500ms") Duration rest,
        @DefaultValue("262144") @Min(1) int bytesMax,
        @DefaultValue("8") @Min(1) int readers) {}
