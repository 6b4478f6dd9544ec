package kr.hhplus.commerce.reconciliation;

import static kr.hhplus.commerce.reconciliation.Invariant.BALANCES_MATCH_LEDGER;
import static kr.hhplus.commerce.reconciliation.Invariant.COUPONS_USED_ONCE;
import static kr.hhplus.commerce.reconciliation.Invariant.COUPONS_WITHIN_LIMIT;
import static kr.hhplus.commerce.reconciliation.Invariant.EVENT_LOG_WITHOUT_GAPS;
import static kr.hhplus.commerce.reconciliation.Invariant.MONEY_CONSERVED;
import static kr.hhplus.commerce.reconciliation.Invariant.PURCHASES_COUNTED;
import static kr.hhplus.commerce.reconciliation.Invariant.REFUNDS_WITHIN_ORDERS;
import static kr.hhplus.commerce.reconciliation.Invariant.RESERVATIONS_END_ONCE;
import static kr.hhplus.commerce.reconciliation.Invariant.STOCK_NOT_NEGATIVE;
import static kr.hhplus.commerce.reconciliation.Invariant.TOP_UPS_MATCH_PAYMENTS;

import java.util.List;
import java.util.function.LongFunction;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A query for rows that must never exist. Every query joins along primary keys only, so that its memory use does not
 * depend on the size of the tables.
 *
 * @param description the kind of violation, in the plural, as the report shows it
 * @param idFormat formats the id that the query selects
 */
record ForbiddenRowCheck(Invariant invariant, String description, LongFunction<String> idFormat, String sql) {

    private static final int VIOLATIONS_MAX = 1_000;

    static final List<ForbiddenRowCheck> ALWAYS = List.of(
            new ForbiddenRowCheck(
                    STOCK_NOT_NEGATIVE,
                    "products with negative stock",
                    Long::toString,
                    "SELECT id FROM product WHERE stock < 0"),
            new ForbiddenRowCheck(
                    COUPONS_WITHIN_LIMIT,
                    "campaigns that issued more than their limit, or another number than their coupons",
                    Long::toString,
                    """
                    SELECT g.id FROM campaign g
                    WHERE g.issued > g.total_quantity
                       OR g.issued <> (SELECT COUNT(*) FROM coupon c WHERE c.campaign_id = g.id)
                    """),
            new ForbiddenRowCheck(
                    COUPONS_WITHIN_LIMIT, "coupons outside the sequence 1..N of their campaign", IdText::of, """
                        SELECT c.id FROM coupon c
                        LEFT JOIN campaign g ON g.id = c.campaign_id
                        LEFT JOIN coupon p ON p.campaign_id = c.campaign_id AND p.sequence = c.sequence - 1
                        WHERE g.id IS NULL OR c.sequence < 1 OR c.sequence > g.issued OR c.sequence > 1 AND p.id IS NULL
                        """),
            new ForbiddenRowCheck(
                    COUPONS_USED_ONCE,
                    "users with several coupons of one campaign",
                    Long::toString,
                    "SELECT user_id FROM coupon GROUP BY user_id, campaign_id HAVING COUNT(*) > 1"),
            new ForbiddenRowCheck(
                    COUPONS_USED_ONCE,
                    "paid orders whose coupon is not marked as used by them or belongs to another user",
                    IdText::of,
                    """
                    SELECT o.id FROM orders o LEFT JOIN coupon c ON c.id = o.coupon_id
                    WHERE o.status IN ('PAID', 'PARTIALLY_REFUNDED') AND o.coupon_id IS NOT NULL
                      AND (c.used_order_id IS NULL OR c.used_order_id <> o.id OR c.user_id <> o.user_id)
                    """),
            new ForbiddenRowCheck(
                    COUPONS_USED_ONCE, "used coupons without the paid order that used them", IdText::of, """
                        SELECT c.id FROM coupon c LEFT JOIN orders o ON o.id = c.used_order_id
                        WHERE c.used_order_id IS NOT NULL
                          AND (o.id IS NULL OR o.status NOT IN ('PAID', 'PARTIALLY_REFUNDED') OR o.coupon_id IS NULL
                               OR o.coupon_id <> c.id)
                        """),
            new ForbiddenRowCheck(
                    BALANCES_MATCH_LEDGER,
                    "users whose ledger has a gap or an entry that does not continue the balance before it",
                    Long::toString,
                    """
                    SELECT l.user_id FROM ledger_entry l
                    LEFT JOIN ledger_entry p ON p.user_id = l.user_id AND p.entry_no = l.entry_no - 1
                    WHERE l.entry_no < 1 OR l.balance_after < 0 OR l.entry_no > 1 AND p.user_id IS NULL
                       OR l.balance_after <> COALESCE(p.balance_after, 0) + l.amount
                    """),
            new ForbiddenRowCheck(
                    BALANCES_MATCH_LEDGER,
                    "users whose balance differs from the last entry of their ledger",
                    Long::toString,
                    """
                    SELECT w.user_id FROM wallet w
                    LEFT JOIN ledger_entry l ON l.user_id = w.user_id AND l.entry_no = w.entries
                    WHERE w.balance < 0 OR w.balance <> COALESCE(l.balance_after, 0)
                       OR w.entries <> COALESCE(l.entry_no, 0)
                    """),
            new ForbiddenRowCheck(
                    BALANCES_MATCH_LEDGER,
                    "users with more ledger entries than their wallet counts",
                    Long::toString,
                    """
                    SELECT l.user_id FROM ledger_entry l LEFT JOIN wallet w ON w.user_id = l.user_id
                    WHERE w.user_id IS NULL OR l.entry_no > w.entries
                    """),
            new ForbiddenRowCheck(
                    MONEY_CONSERVED,
                    "users with ledger entries of an unknown type or with the wrong sign",
                    Long::toString,
                    """
                    SELECT user_id FROM ledger_entry
                    WHERE NOT (type = 'CHARGE' AND amount > 0 AND order_id IS NULL AND payment_id IS NULL
                            OR type = 'TOP_UP' AND amount > 0 AND order_id IS NULL AND payment_id IS NOT NULL
                            OR type = 'TOP_UP_REFUND' AND order_id IS NULL AND payment_id IS NOT NULL
                            OR type = 'PAYMENT' AND amount <= 0 AND order_id IS NOT NULL AND payment_id IS NULL
                            OR type = 'REFUND' AND amount >= 0 AND order_id IS NOT NULL AND payment_id IS NULL)
                    """),
            new ForbiddenRowCheck(REFUNDS_WITHIN_ORDERS, "orders that are refunded without a refund", IdText::of, """
                SELECT o.id FROM orders o
                WHERE (o.status IN ('PARTIALLY_REFUNDED', 'REFUNDED') OR o.refunded IS NOT NULL)
                  AND NOT EXISTS (SELECT 1 FROM order_refund r WHERE r.order_id = o.id)
                """),
            new ForbiddenRowCheck(
                    TOP_UPS_MATCH_PAYMENTS,
                    "ledger entries of top-ups without the paid top-up that they credit",
                    IdText::of,
                    """
                    SELECT l.id FROM ledger_entry l LEFT JOIN top_up t ON t.id = l.payment_id
                    WHERE l.type = 'TOP_UP'
                      AND (t.id IS NULL OR t.user_id <> l.user_id OR t.amount <> l.amount
                           OR COALESCE(t.entry_no, 0) <> l.entry_no)
                    """),
            new ForbiddenRowCheck(
                    TOP_UPS_MATCH_PAYMENTS, "paid top-ups without the ledger entry that credits them", IdText::of, """
                        SELECT t.id FROM top_up t
                        LEFT JOIN ledger_entry l ON l.user_id = t.user_id AND l.entry_no = t.entry_no
                        WHERE t.status IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
                          AND (l.user_id IS NULL OR l.type <> 'TOP_UP' OR COALESCE(l.payment_id, 0) <> t.id
                               OR t.approved_at IS NULL)
                           OR t.status NOT IN ('PAID', 'PARTIALLY_REFUNDED', 'REFUNDED')
                          AND (t.entry_no IS NOT NULL OR t.refunded_amount <> 0)
                        """),
            new ForbiddenRowCheck(
                    TOP_UPS_MATCH_PAYMENTS,
                    "ledger entries of refunds of top-ups without the refund that they debit or return",
                    IdText::of,
                    """
                    SELECT l.id FROM ledger_entry l LEFT JOIN top_up_refund r ON r.id = l.payment_id
                    WHERE l.type = 'TOP_UP_REFUND'
                      AND (r.id IS NULL OR r.user_id <> l.user_id
                           OR NOT (l.amount = -r.amount AND r.entry_no = l.entry_no
                                   OR l.amount = r.amount AND COALESCE(r.return_entry_no, 0) = l.entry_no))
                    """),
            new ForbiddenRowCheck(
                    TOP_UPS_MATCH_PAYMENTS,
                    "refunds of top-ups without the ledger entries that debit or return them",
                    IdText::of,
                    """
                    SELECT r.id FROM top_up_refund r
                    LEFT JOIN ledger_entry d ON d.user_id = r.user_id AND d.entry_no = r.entry_no
                    LEFT JOIN ledger_entry b ON b.user_id = r.user_id AND b.entry_no = r.return_entry_no
                    WHERE d.user_id IS NULL OR COALESCE(d.payment_id, 0) <> r.id OR d.amount <> -r.amount
                       OR r.status = 'FAILED'
                      AND (b.user_id IS NULL OR COALESCE(b.payment_id, 0) <> r.id OR b.amount <> r.amount)
                       OR r.status <> 'FAILED' AND r.return_entry_no IS NOT NULL
                    """),
            new ForbiddenRowCheck(
                    TOP_UPS_MATCH_PAYMENTS,
                    "top-ups whose refunded amount differs from their refunds",
                    IdText::of,
                    """
                    SELECT t.id FROM top_up t
                    WHERE t.refunded_amount <> (SELECT COALESCE(SUM(r.amount), 0) FROM top_up_refund r
                                                WHERE r.top_up_id = t.id AND r.status <> 'FAILED')
                    """),
            new ForbiddenRowCheck(
                    TOP_UPS_MATCH_PAYMENTS,
                    "ledger entries of payments that a second one would not collide with",
                    IdText::of,
                    """
                    SELECT l.id FROM ledger_entry l
                    LEFT JOIN ledger_payment p ON p.payment_id = l.payment_id
                                              AND p.credit = CASE WHEN l.amount < 0 THEN 0 ELSE 1 END
                    WHERE l.payment_id IS NOT NULL
                      AND (p.payment_id IS NULL OR p.user_id <> l.user_id OR p.entry_no <> l.entry_no)
                    """),
            new ForbiddenRowCheck(
                    TOP_UPS_MATCH_PAYMENTS, "payments without the ledger entry that they keep unique", IdText::of, """
                        SELECT p.payment_id FROM ledger_payment p
                        LEFT JOIN ledger_entry l ON l.user_id = p.user_id AND l.entry_no = p.entry_no
                        WHERE l.user_id IS NULL OR COALESCE(l.payment_id, 0) <> p.payment_id
                        """),
            new ForbiddenRowCheck(
                    RESERVATIONS_END_ONCE, "reservations whose status, end and order disagree", IdText::of, """
                    SELECT r.id FROM reservation r LEFT JOIN orders o ON o.id = r.order_id
                    WHERE CASE WHEN r.status = 'OPEN' AND r.ended_at IS NULL AND r.order_id IS NULL
                                 OR r.status = 'PAID' AND r.ended_at < r.expires_at AND o.user_id = r.user_id
                                    AND o.ordered_at = r.ended_at
                                 OR r.status = 'EXPIRED' AND r.ended_at >= r.expires_at AND r.order_id IS NULL
                                 OR r.status = 'RELEASED' AND r.ended_at < r.expires_at AND r.order_id IS NULL
                               THEN 0 ELSE 1 END = 1
                    """),
            new ForbiddenRowCheck(RESERVATIONS_END_ONCE, "reservations without items", IdText::of, """
                    SELECT r.id FROM reservation r LEFT JOIN reservation_item i ON i.reservation_id = r.id
                    WHERE i.reservation_id IS NULL
                    """),
            new ForbiddenRowCheck(RESERVATIONS_END_ONCE, "items of reservations that do not exist", IdText::of, """
                    SELECT i.reservation_id FROM reservation_item i LEFT JOIN reservation r ON r.id = i.reservation_id
                    WHERE r.id IS NULL
                    """),
            new ForbiddenRowCheck(
                    RESERVATIONS_END_ONCE,
                    "products whose held pieces differ from their open reservations",
                    Long::toString,
                    """
                    SELECT p.id FROM product p
                    LEFT JOIN (SELECT i.product_id, SUM(i.quantity) AS quantity
                               FROM reservation r JOIN reservation_item i ON i.reservation_id = r.id
                               WHERE r.status = 'OPEN' GROUP BY i.product_id) h ON h.product_id = p.id
                    WHERE p.held <> COALESCE(h.quantity, 0)
                    """),
            new ForbiddenRowCheck(
                    PURCHASES_COUNTED,
                    "products with a purchase limit that never binds because their purchases are not counted",
                    Long::toString,
                    """
                    SELECT p.id FROM product p LEFT JOIN purchase_scan s ON s.product_id = p.id
                    WHERE p.purchase_limit IS NOT NULL AND p.purchase_counting = 'NONE'
                       OR p.purchase_counting = 'COUNTING' AND s.product_id IS NULL
                    """),
            new ForbiddenRowCheck(
                    EVENT_LOG_WITHOUT_GAPS, "events after a gap or beyond the head", Long::toString, """
                        SELECT e.position FROM order_event e
                        LEFT JOIN order_event p ON p.position = e.position - 1
                        WHERE e.position < 1 OR e.position > 1 AND p.position IS NULL
                           OR e.position > (SELECT MAX(h.position) FROM feed_head h)
                        """));

    void run(JdbcTemplate jdbc, ReconciliationFindings findings) {
        jdbc.query(sql.strip() + " LIMIT " + VIOLATIONS_MAX, row -> {
            findings.addViolation(invariant, description, idFormat.apply(row.getLong(1)));
        });
    }
}
