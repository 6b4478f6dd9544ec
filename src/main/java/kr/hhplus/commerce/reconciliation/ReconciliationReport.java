package kr.hhplus.commerce.reconciliation;

import java.time.Instant;
import java.util.List;

/** What an audit found, as of one instant: in order only when every check is. */
public record ReconciliationReport(boolean ok, Instant checkedAt, List<Check> checks) {

    /** One invariant: what was counted, and where it is broken, what and up to five ids of where. */
    public record Check(String name, boolean ok, String detail) {}

    static ReconciliationReport of(Instant checkedAt, List<Check> checks) {
        return new ReconciliationReport(checks.stream().allMatch(Check::ok), checkedAt, checks);
    }
}
