package kr.hhplus.commerce.trail;

import java.time.Instant;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.shared.problem.RefusedException;
import kr.hhplus.commerce.shared.text.TextRules;

/**
 * Which lines of the trail are wanted; null and empty narrow nothing down.
 *
 * @param from the first instant
 * @param to the first instant that is not wanted any more
 */
public record TrailQuery(TrailKind kind, String who, Instant from, Instant to) {

    /** @throws RefusedException INVALID_REQUEST where nobody has so long a name */
    public TrailQuery {
        if (who != null && TextRules.length(who) > JdbcTrail.TEXT_LENGTH_MAX) {
            throw new RefusedException(InvalidRequest.at("/who", "Size", 0, JdbcTrail.TEXT_LENGTH_MAX));
        }
        who = who == null || who.isEmpty() ? null : who;
    }
}
