package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.BALANCES_MATCH_LEDGER;
import static kr.hhplus.commerce.reconciliation.Invariant.COUPONS_USED_ONCE;
import static kr.hhplus.commerce.reconciliation.Invariant.COUPONS_WITHIN_LIMIT;
import static kr.hhplus.commerce.reconciliation.Invariant.FEED_WITHOUT_GAPS;
import static kr.hhplus.commerce.reconciliation.Invariant.MONEY_CONSERVED;

import org.springframework.jdbc.core.JdbcTemplate;

/** Sums over whole tables that must agree: all money that came and went, and the head of the feed with its events. */
final class Totals {

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;

    Totals(JdbcTemplate jdbc, ReconciliationFindings findings) {
        this.jdbc = jdbc;
        this.findings = findings;
    }

    void run() {
        long charges = number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'CHARGE'");
        long payments = -number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'PAYMENT'");
        long refunds = number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'REFUND'");
        long balances = number("SELECT SUM(balance) FROM wallet");
        String money = charges + " charged - " + payments + " paid + " + refunds + " refunded, " + balances + " left";
        long apart = balances - (charges - payments + refunds);
        if (apart != 0) {
            findings.fault(MONEY_CONSERVED, "won that came from nowhere or are missing", Long.toString(apart));
        }
        findings.fact(MONEY_CONSERVED, money);

        long events = number("SELECT COUNT(*) FROM order_event");
        long last = number("SELECT MAX(position) FROM order_event");
        long head = number("SELECT position FROM feed_head WHERE id = 1");
        if (events != head || last != head) {
            findings.fault(FEED_WITHOUT_GAPS, "heads that are not at the last event", Long.toString(head));
        }
        findings.fact(FEED_WITHOUT_GAPS, events + " events, head " + head);

        findings.fact(BALANCES_MATCH_LEDGER, number("SELECT COUNT(*) FROM wallet") + " wallets");
        findings.fact(BALANCES_MATCH_LEDGER, number("SELECT COUNT(*) FROM ledger_entry") + " ledger entries");
        findings.fact(COUPONS_WITHIN_LIMIT, number("SELECT COUNT(*) FROM campaign") + " campaigns");
        findings.fact(COUPONS_WITHIN_LIMIT, number("SELECT COUNT(*) FROM coupon") + " coupons");
        findings.fact(
                COUPONS_USED_ONCE,
                number("SELECT COUNT(*) FROM coupon WHERE used_order_id IS NOT NULL") + " used coupons");
    }

    /** @return 0 where there is nothing to sum or no row at all */
    private long number(String sql) {
        return jdbc.queryForList(sql, Long.class).stream()
                .mapToLong(n -> n == null ? 0 : n)
                .sum();
    }
}
