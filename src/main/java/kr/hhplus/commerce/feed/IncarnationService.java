package kr.hhplus.commerce.feed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import kr.hhplus.commerce.feed.Incarnations.Incarnation;
import kr.hhplus.commerce.feed.JdbcLogState.State;
import kr.hhplus.commerce.groupcommit.Decided;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.groupcommit.Lanes;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.idempotency.FirstAnswers;
import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.problem.InvalidRequest;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import org.springframework.stereotype.Service;

/**
 * Begins a new incarnation of the event log, which an operator accepts after the database went back in time. Events
 * that were written since the restore, before it was noticed, get ids of the new incarnation too: they are told from
 * older ones by their time.
 */
@Service
public class IncarnationService {

    /** What clocks may differ by; a restore takes longer. */
    private static final Duration CLOCKS_DIFFER_MAX = Duration.ofSeconds(1);

    private final JdbcLogState rows;
    private final EventLog log;
    private final FirstAnswers firstAnswers;
    private final Trail trail;
    private final Clock clock;
    private final GroupCommit<AcceptIncarnation, Answer<AcceptedIncarnation>> lane;

    IncarnationService(
            JdbcLogState rows, EventLog log, FirstAnswers firstAnswers, Trail trail, Clock clock, Lanes lanes) {
        this.rows = rows;
        this.log = log;
        this.firstAnswers = firstAnswers;
        this.trail = trail;
        this.clock = clock;
        this.lane = lanes.open("incarnation", this::decide);
    }

    /**
     * The log's present incarnation.
     *
     * @param startAfter the cursor of the last event before it
     * @param acceptedAt null for the first one, 0
     */
    public record AcceptedIncarnation(int incarnation, String startAfter, Instant acceptedAt) {}

    /** @param incarnation the number that is accepted; null: the next one, where there is a reason for it */
    private record AcceptIncarnation(Integer incarnation, String by, RequestKey requestKey) implements Keyed {
        @Override
        public long keyOwner() {
            return OPERATOR;
        }
    }

    /**
     * Begins the next incarnation. Changes nothing where it has begun, or where no number is given and neither an
     * instance nor the sink knows an event that the log has not.
     *
     * @param incarnation its number, or null
     * @param by who accepts it, for the trail
     */
    public CompletableFuture<Answer<AcceptedIncarnation>> accept(Integer incarnation, String by, RequestKey key) {
        return lane.submit(new AcceptIncarnation(incarnation, by, key));
    }

    private Decided<Answer<AcceptedIncarnation>> decide(List<AcceptIncarnation> commands) {
        State state = rows.lock();
        int before = state.incarnation();
        FirstAnswers.Known known = firstAnswers.lookUp(commands);
        Instant now = clock.instant();
        List<Answer<AcceptedIncarnation>> answers = new ArrayList<>(commands.size());
        for (AcceptIncarnation command : commands) {
            answers.add(known.answer(command, AcceptedIncarnation.class, () -> decide(command, rows.read(), now)));
        }
        firstAnswers.save(known, now);
        int after = rows.read().incarnation();
        BooleanSupplier written = () -> after != before && rows.lock().incarnation() >= after;
        return new Decided<>(answers, written);
    }

    private Answer<AcceptedIncarnation> decide(AcceptIncarnation command, State state, Instant now) {
        int next = Math.max(state.incarnation(), EventIds.incarnationOf(state.lostId())) + 1;
        Integer wanted = command.incarnation();
        boolean noReason = wanted == null && state.lostId() == 0 && !state.rewound();
        if (noReason || wanted != null && wanted == state.incarnation()) {
            return Answer.done(current());
        }
        if (wanted != null && wanted != next) {
            return Answer.refused(InvalidRequest.at("/incarnation", "incarnation", state.incarnation(), next));
        }
        String head = IdText.of(state.headId());
        rows.begin(new Incarnation(next, firstPosition(state), now));
        AcceptedIncarnation accepted = current();
        trail.write(
                TrailKind.INCARNATION_ACCEPTED,
                command.by(),
                "event log",
                Map.of(
                        "incarnation", accepted.incarnation(),
                        "startAfter", accepted.startAfter(),
                        "head", head,
                        "lost", IdText.of(state.lostId())));
        return Answer.done(accepted);
    }

    private long firstPosition(State state) {
        return state.lostAt() == null
                ? state.position() + 1
                : log.firstAt(state.lostAt().plus(CLOCKS_DIFFER_MAX));
    }

    private AcceptedIncarnation current() {
        Incarnations incarnations = log.incarnations();
        Incarnation current = incarnations.current();
        return new AcceptedIncarnation(
                current.number(), incarnations.textAt(current.firstPosition() - 1), current.acceptedAt());
    }
}
