package kr.hhplus.commerce.kernel.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of every {@link BatchLoader}.
 *
 * @param maxConcurrency concurrent statements; each uses a connection of its own
 * @param batchMax rows per statement
 */
@Validated
@ConfigurationProperties("commerce.batch-loader")
record BatchLoaderProperties(
        @DefaultValue("1") @Min(1) @Max(64) int maxConcurrency,
        @DefaultValue("500") @Min(1) @Max(10_000) int batchMax) {}
