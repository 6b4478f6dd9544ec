package kr.hhplus.commerce.eventlog.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.eventlog.StoredEvent;

/** Cuts a chunk so that no wave holds two events of one user: a user's next event goes when the one before is there. */
final class PerKeyBatches {

    private PerKeyBatches() {}

    static List<List<StoredEvent>> of(List<StoredEvent> events) {
        List<List<StoredEvent>> waves = new ArrayList<>();
        Map<Long, Integer> next = new HashMap<>();
        for (StoredEvent event : events) {
            int wave = next.merge(event.userId(), 1, Integer::sum) - 1;
            if (wave == waves.size()) {
                waves.add(new ArrayList<>());
            }
            waves.get(wave).add(event);
        }
        return waves;
    }
}
