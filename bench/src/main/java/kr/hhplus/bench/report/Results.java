package kr.hhplus.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All runs in order, and the runs that are excluded because reconciliation failed. */
public final class Results {

    private final List<Run> runs = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Run> audited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, String> references = new LinkedHashMap<>();

    public void add(Run run) {
        runs.add(run);
    }

    /** Excludes runs whose reconciliation found violations. */
    public void discard(List<Run> broken, String why) {
        runs.removeAll(broken);
        if (!broken.isEmpty()) {
            Run one = broken.get(0);
            notes.add("NO NUMBER for " + one.scenario() + ", " + one.contender() + " (" + broken.size() + " runs): "
                    + why);
        }
    }

    /** Confirms runs whose reconciliation found no violation, or that need none. */
    public void vouchFor(List<Run> sound) {
        audited.addAll(sound);
    }

    /** Ends a scenario: runs without a reconciliation are excluded. */
    public void discardUnaudited() {
        discard(runs.stream().filter(run -> !audited.contains(run)).toList(), "no reconciliation");
    }

    public void note(String note) {
        notes.add(note);
    }

    /** The reference of a scenario's contenders, if it is not the baseline. */
    public void reference(String scenario, String contender) {
        references.put(scenario, contender);
    }

    public String referenceOf(String scenario) {
        return references.getOrDefault(scenario, "baseline");
    }

    public List<Run> runs() {
        return runs;
    }

    public List<String> notes() {
        return notes;
    }

    /** One row for each contender of each scenario. */
    public List<Row> rows() {
        Map<String, List<Run>> groups = new LinkedHashMap<>();
        for (Run run : runs) {
            groups.computeIfAbsent(run.scenario() + '\n' + run.contender(), key -> new ArrayList<>())
                    .add(run);
        }
        return groups.values().stream().map(group -> row(group, groups)).toList();
    }

    private Row row(List<Run> group, Map<String, List<Run>> groups) {
        Run one = group.get(0);
        String reference = referenceOf(one.scenario());
        boolean itself = reference.equals(one.contender());
        return Row.of(
                group,
                itself ? List.of() : groups.getOrDefault(one.scenario() + '\n' + reference, List.of()),
                groups.getOrDefault(one.scenario() + '\n' + "prebuilt", List.of()));
    }
}
