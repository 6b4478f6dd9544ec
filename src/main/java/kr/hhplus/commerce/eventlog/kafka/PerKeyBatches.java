package kr.hhplus.commerce.eventlog.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.eventlog.StoredEvent;

/**
 * Splits events so that no batch has two events of one user. A user's next event is sent after the previous one is
 * acknowledged, which keeps their order.
 */
final class PerKeyBatches {

    private PerKeyBatches() {}

    static List<List<StoredEvent>> of(List<StoredEvent> events) {
        List<List<StoredEvent>> batches = new ArrayList<>();
        Map<Long, Integer> next = new HashMap<>();
        for (StoredEvent event : events) {
            int batch = next.merge(event.userId(), 1, Integer::sum) - 1;
            if (batch == batches.size()) {
                batches.add(new ArrayList<>());
            }
            batches.get(batch).add(event);
        }
        return batches;
    }
}
