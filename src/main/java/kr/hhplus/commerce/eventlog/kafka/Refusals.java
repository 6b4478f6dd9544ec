package kr.hhplus.commerce.eventlog.kafka;

import java.io.IOException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/** Distinguishes a broker's refusal of one event from all other failures, which a retry or an operator resolves. */
final class Refusals {

    private Refusals() {}

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
     * @param batchRefused whether the broker has refused another event of the same request, which fails its whole batch
     * @throws IOException if the failure is not a refusal
     */
    static void throwUnlessRefused(Exception failure, boolean batchRefused) throws IOException {
        boolean refused = failure == null || isRefusal(failure);
        boolean failedWithBatch = batchRefused && failure != null && failure.getClass() == KafkaException.class;
        if (!refused && !failedWithBatch) {
            throw new IOException("Kafka: " + failure.getMessage(), failure);
        }
    }
}
