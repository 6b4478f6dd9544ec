package kr.hhplus.commerce.eventlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.eventlog.Incarnations.Incarnation;
import kr.hhplus.commerce.eventlog.JdbcLogState.State;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import kr.hhplus.commerce.kernel.ids.IdText;
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
    private final IdempotencyStore idempotencyStore;
    private final AuditLog auditLog;
    private final Clock clock;
    private final GroupCommit<AcceptIncarnation, CommandResult<AcceptedIncarnation>> lane;

    IncarnationService(
            JdbcLogState rows,
            EventLog log,
            IdempotencyStore idempotencyStore,
            AuditLog auditLog,
            Clock clock,
            CommandQueues commandQueues) {
        this.rows = rows;
        this.log = log;
        this.idempotencyStore = idempotencyStore;
        this.auditLog = auditLog;
        this.clock = clock;
        this.lane = commandQueues.open("incarnation", this::decide);
    }

    /**
     * The log's present incarnation.
     *
     * @param startAfter the cursor of the last event before it
     * @param acceptedAt null for the first one, 0
     */
    public record AcceptedIncarnation(int incarnation, String startAfter, Instant acceptedAt) {}

    /** @param incarnation the number that is accepted; null: the next one, where there is a reason for it */
    private record AcceptIncarnation(Integer incarnation, String by, IdempotencyKey requestKey)
            implements IdempotentCommand {
        @Override
        public long ownerId() {
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
    public CompletableFuture<CommandResult<AcceptedIncarnation>> accept(
            Integer incarnation, String by, IdempotencyKey key) {
        return lane.submit(new AcceptIncarnation(incarnation, by, key));
    }

    private BatchResult<CommandResult<AcceptedIncarnation>> decide(List<AcceptIncarnation> commands) {
        State state = rows.lock();
        int before = state.incarnation();
        IdempotencyStore.Known known = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<CommandResult<AcceptedIncarnation>> answers = new ArrayList<>(commands.size());
        for (AcceptIncarnation command : commands) {
            answers.add(known.answer(command, AcceptedIncarnation.class, () -> decide(command, rows.read(), now)));
        }
        idempotencyStore.save(known, now);
        int after = rows.read().incarnation();
        BooleanSupplier written = () -> after != before && rows.lock().incarnation() >= after;
        return new BatchResult<>(answers, written);
    }

    private CommandResult<AcceptedIncarnation> decide(AcceptIncarnation command, State state, Instant now) {
        int next = Math.max(state.incarnation(), EventIds.incarnationOf(state.lostId())) + 1;
        Integer wanted = command.incarnation();
        boolean noReason = wanted == null && state.lostId() == 0 && !state.rewound();
        if (noReason || wanted != null && wanted == state.incarnation()) {
            return CommandResult.done(current());
        }
        if (wanted != null && wanted != next) {
            return CommandResult.refused(InvalidRequest.at("/incarnation", "incarnation", state.incarnation(), next));
        }
        String head = IdText.of(state.headId());
        rows.begin(new Incarnation(next, firstPosition(state), now));
        AcceptedIncarnation accepted = current();
        auditLog.write(
                AuditLogAction.INCARNATION_ACCEPTED,
                command.by(),
                "event log",
                Map.of(
                        "incarnation", accepted.incarnation(),
                        "startAfter", accepted.startAfter(),
                        "head", head,
                        "lost", IdText.of(state.lostId())));
        return CommandResult.done(accepted);
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
