package kr.hhplus.commerce.groupcommit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of every command queue.
 *
 * @param writers threads that commit batches concurrently, per queue
 * @param queueMax commands that may wait in a queue; one more is rejected at once
 * @param batchMax commands in one transaction
 * @param deadline how long a command may wait before it is dropped undecided
 * @param retriesMax retries of a batch that conflicts with other transactions, before it is split
 * @param backoff the first pause before a retry; doubles, with jitter
 * @param idleTransactionMax how long a transaction may be idle while others wait for its locks, in whole seconds; on
 *     MySQL its connection is then killed
 * @param setAsideMax commands that may wait for one row that another session holds; one more is rejected at once
 * @param drainTimeout how long a stopping queue may take to finish the commands that it has accepted
 */
@Validated
@ConfigurationProperties("commerce.group-commit")
public record GroupCommitProperties(
        @DefaultValue("1") @Min(1) @Max(64) int writers,
        @DefaultValue("10000") @Min(1) @Max(1_000_000) int queueMax,
        @DefaultValue("256") @Min(1) @Max(10_000) int batchMax,
        @DefaultValue("5s") Duration deadline,
        @DefaultValue("3") @Min(0) @Max(100) int retriesMax,
        @DefaultValue("5ms") Duration backoff,
        @DefaultValue("3s") Duration idleTransactionMax,
        @DefaultValue("1000") @Min(1) @Max(1_000_000) int setAsideMax,
        @DefaultValue("15s") Duration drainTimeout) {

    /** Commands that may wait for locked rows in total: a quarter of the queue, so that the rest stays usable. */
    int setAsideTotalMax() {
        return Math.max(1, queueMax / 4);
    }
}
