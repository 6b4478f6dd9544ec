package kr.hhplus.commerce.eventlog.kafka;

import java.io.IOException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.jspecify.annotations.Nullable;

/** Distinguishes a broker's refusal of one event from all other failures, which a retry or an operator resolves. */
final class KafkaFailures {

    private KafkaFailures() {}

    static boolean isRefusal(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof UnsupportedForMessageFormatException;
    }

    /**
     * Checks whether a failure concerns one event.
     *
     * @param failure null if the event was accepted
     * @param batchRefused whether the broker has refused another event of the same request, which fails its whole batch
     * @throws IOException if the failure is not a refusal
     */
    static void throwUnlessRefused(@Nullable Exception failure, boolean batchRefused) throws IOException {
        boolean refused = failure == null || isRefusal(failure);
        boolean failedWithBatch = batchRefused && failure != null && failure.getClass() == KafkaException.class;
        if (!refused && !failedWithBatch) {
            throw new IOException("Kafka: " + failure.getMessage(), failure);
        }
    }
}
