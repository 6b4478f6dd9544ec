package kr.hhplus.commerce.reconciliation;

import java.time.Instant;
import java.util.List;

/**
 * The result of one reconciliation.
 *
 * @param ok whether every check is
 * @param checkedAt when the reconciliation began
 */
public record ReconciliationReport(boolean ok, Instant checkedAt, List<Check> checks) {

    /**
     * The result of one invariant.
     *
     * @param detail the figures, and of each kind of violation the count and up to five ids
     */
    public record Check(String name, boolean ok, String detail) {}

    static ReconciliationReport of(Instant checkedAt, List<Check> checks) {
        return new ReconciliationReport(checks.stream().allMatch(Check::ok), checkedAt, checks);
    }
}
