package kr.hhplus.commerce.auditlog;

import java.time.Instant;
import java.util.List;

/**
 * One line of the trail: who did what, when, and what is different since.
 *
 * @param who as callers are named: {@code user 7}, {@code service billing}, {@code local}
 * @param what it was done to: {@code product 3}
 */
public record AuditLogEntry(
        String entryId, AuditLogAction kind, String who, String what, List<Fact> facts, Instant at) {

    /**
     * What else there is to know, as texts.
     *
     * @param before null: nothing, or not a change
     * @param value null: nothing any more
     */
    public record Fact(String name, String before, String value) {}
}
