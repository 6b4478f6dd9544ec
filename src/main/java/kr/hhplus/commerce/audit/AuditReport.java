package kr.hhplus.commerce.audit;

import java.time.Instant;
import java.util.List;

/** What an audit found, as of one instant: in order only when every check is. */
public record AuditReport(boolean ok, Instant checkedAt, List<Check> checks) {

    /** One invariant: what was counted, and where it is broken, what and up to five ids of where. */
    public record Check(String name, boolean ok, String detail) {}

    static AuditReport of(Instant checkedAt, List<Check> checks) {
        return new AuditReport(checks.stream().allMatch(Check::ok), checkedAt, checks);
    }
}
