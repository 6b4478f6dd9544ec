package kr.hhplus.commerce.reconciliation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what one audit sees: the facts it counted, and each kind of fault with its number and its first few ids. */
final class ReconciliationFindings {

    private static final int IDS_NAMED_MAX = 5;

    private final Map<Invariant, List<String>> facts = new EnumMap<>(Invariant.class);
    private final Map<Invariant, Map<String, Fault>> faults = new EnumMap<>(Invariant.class);

    /** Something counted, told whether or not the invariant holds. */
    void fact(Invariant invariant, String fact) {
        facts.computeIfAbsent(invariant, i -> new ArrayList<>()).add(fact);
    }

    /** One more of what must not exist. */
    void fault(Invariant invariant, String what, String id) {
        faults.computeIfAbsent(invariant, i -> new LinkedHashMap<>())
                .computeIfAbsent(what, w -> new Fault())
                .add(id);
    }

    boolean holds(Invariant invariant) {
        return !faults.containsKey(invariant);
    }

    List<ReconciliationReport.Check> checks() {
        return Stream.of(Invariant.values())
                .map(i -> new ReconciliationReport.Check(i.label(), holds(i), detail(i)))
                .toList();
    }

    private String detail(Invariant invariant) {
        Stream<String> broken =
                faults.getOrDefault(invariant, Map.of()).entrySet().stream().map(f -> f.getKey() + ": " + f.getValue());
        return Stream.concat(broken, facts.getOrDefault(invariant, List.of()).stream())
                .collect(Collectors.joining("; "));
    }

    private static final class Fault {

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
