package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.BALANCES_MATCH_LEDGER;
import static kr.hhplus.commerce.reconciliation.Invariant.COUPONS_USED_ONCE;
import static kr.hhplus.commerce.reconciliation.Invariant.COUPONS_WITHIN_LIMIT;
import static kr.hhplus.commerce.reconciliation.Invariant.EVENT_LOG_WITHOUT_GAPS;
import static kr.hhplus.commerce.reconciliation.Invariant.MONEY_CONSERVED;
import static kr.hhplus.commerce.reconciliation.Invariant.RESERVATIONS_END_ONCE;
import static kr.hhplus.commerce.reconciliation.Invariant.TOP_UPS_MATCH_PAYMENTS;

import org.springframework.jdbc.core.JdbcTemplate;

/** Compares sums over whole tables: money in, money out and balances; events and the head of the event log. */
final class Totals {

    private final JdbcTemplate jdbc;
    private final ReconciliationFindings findings;

    Totals(JdbcTemplate jdbc, ReconciliationFindings findings) {
        this.jdbc = jdbc;
        this.findings = findings;
    }

    void run() {
        long charges = number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'CHARGE'");
        long topUps = number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'TOP_UP'");
        long topUpRefunds = -number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'TOP_UP_REFUND'");
        long payments = -number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'PAYMENT'");
        long refunds = number("SELECT SUM(amount) FROM ledger_entry WHERE type = 'REFUND'");
        long balances = number("SELECT SUM(balance) FROM wallet");
        String money = charges + " charged + " + topUps + " topped up - " + topUpRefunds + " of that refunded - "
                + payments + " paid + " + refunds + " refunded, " + balances + " left";
        long difference = balances - (charges + topUps - topUpRefunds - payments + refunds);
        if (difference != 0) {
            findings.addViolation(MONEY_CONSERVED, "won that balances and ledger differ by", Long.toString(difference));
        }
        findings.addNote(MONEY_CONSERVED, money);

        long events = number("SELECT COUNT(*) FROM order_event");
        long last = number("SELECT MAX(position) FROM order_event");
        long head = number("SELECT position FROM feed_head WHERE id = 1");
        if (events != head || last != head) {
            findings.addViolation(
                    EVENT_LOG_WITHOUT_GAPS, "heads that differ from the last position", Long.toString(head));
        }
        findings.addNote(EVENT_LOG_WITHOUT_GAPS, events + " events, head " + head);

        findings.addNote(BALANCES_MATCH_LEDGER, number("SELECT COUNT(*) FROM wallet") + " wallets");
        findings.addNote(BALANCES_MATCH_LEDGER, number("SELECT COUNT(*) FROM ledger_entry") + " ledger entries");
        findings.addNote(COUPONS_WITHIN_LIMIT, number("SELECT COUNT(*) FROM campaign") + " campaigns");
        findings.addNote(COUPONS_WITHIN_LIMIT, number("SELECT COUNT(*) FROM coupon") + " coupons");
        findings.addNote(TOP_UPS_MATCH_PAYMENTS, number("SELECT COUNT(*) FROM top_up") + " top-ups");
        findings.addNote(TOP_UPS_MATCH_PAYMENTS, number("SELECT COUNT(*) FROM top_up_refund") + " refunds of top-ups");
        findings.addNote(RESERVATIONS_END_ONCE, number("SELECT COUNT(*) FROM reservation") + " reservations");
        findings.addNote(
                RESERVATIONS_END_ONCE,
                number("SELECT COUNT(*) FROM reservation WHERE status = 'OPEN'") + " of them open");
        findings.addNote(
                COUPONS_USED_ONCE,
                number("SELECT COUNT(*) FROM coupon WHERE used_order_id IS NOT NULL") + " used coupons");
    }

    /** @return 0 if the sum is NULL or there is no row */
    private long number(String sql) {
        return jdbc.queryForList(sql, Long.class).stream()
                .mapToLong(n -> n == null ? 0 : n)
                .sum();
    }
}
