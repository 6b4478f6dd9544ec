package kr.hhplus.commerce.reconciliation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects the notes and violations of one reconciliation: per kind of violation the count and the first ids. */
final class ReconciliationFindings {

    private static final int IDS_NAMED_MAX = 5;

    private final Map<Invariant, List<String>> notes = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Map<String, Violations>> violations = new EnumMap<>(Invariant.class);

    /** Adds a figure that the report shows whether or not the invariant holds. */
    void addNote(Invariant invariant, String note) {
        notes.computeIfAbsent(invariant, i -> new ArrayList<>()).add(note);
    }

    /**
     * Counts one violation.
     *
     * @param description its kind, in the plural
     * @param id of the offending row
     */
    void addViolation(Invariant invariant, String description, String id) {
        violations
                .computeIfAbsent(invariant, i -> new LinkedHashMap<>())
                .computeIfAbsent(description, d -> new Violations())
                .add(id);
    }

    boolean holds(Invariant invariant) {
        return !violations.containsKey(invariant);
    }

    List<ReconciliationReport.Check> checks() {
        return Stream.of(Invariant.values())
                .map(i -> new ReconciliationReport.Check(i.label(), holds(i), detail(i)))
                .toList();
    }

    private String detail(Invariant invariant) {
        Stream<String> violated = violations.getOrDefault(invariant, Map.of()).entrySet().stream()
                .map(v -> v.getKey() + ": " + v.getValue());
        return Stream.concat(violated, notes.getOrDefault(invariant, List.of()).stream())
                .collect(Collectors.joining("; "));
    }

    private static final class Violations {

        private final List<String> named = new ArrayList<>();
        private long count;

        void add(String id) {
            count++;
            if (named.size() < IDS_NAMED_MAX) {
                named.add(id);
            }
        }

        @Override
        public String toString() {
            return count + " (" + String.join(", ", named) + (count > named.size() ? ", …)" : ")");
        }
    }
}
