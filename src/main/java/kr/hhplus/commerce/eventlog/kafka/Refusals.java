package kr.hhplus.commerce.eventlog.kafka;

import java.io.IOException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/** Tells a broker's word about one event from every other trouble, which passes or is an operator's to end. */
final class Refusals {

    private Refusals() {}

    static boolean isRefusal(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof UnsupportedForMessageFormatException;
    }

    /** @param inCompany whether another event of the same sending was refused, which its whole batch can suffer for */
    static void throwUnlessRefused(Exception failure, boolean inCompany) throws IOException {
        boolean itself = failure == null || isRefusal(failure);
        boolean withOthers = inCompany && failure != null && failure.getClass() == KafkaException.class;
        if (!itself && !withOthers) {
            throw new IOException("Kafka: " + failure.getMessage(), failure);
        }
    }
}
