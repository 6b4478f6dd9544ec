package kr.hhplus.commerce.eventlog;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.eventlog.Incarnations.Incarnation;
import kr.hhplus.commerce.eventlog.JdbcLogState.State;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueue;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Starts a new incarnation of the event log, which an operator accepts after the database went back in time. Events
 * written between the restore and its detection also get ids of the new incarnation. They are recognized by their time.
 */
@Service
public class IncarnationService {

    /** The maximum difference between clocks. A restore takes longer. */
    private static final Duration CLOCK_DIFFERENCE_MAX = Duration.ofSeconds(1);

    private final JdbcLogState rows;
    private final EventLog log;
    private final IdempotencyStore idempotencyStore;
    private final AuditLog auditLog;
    private final Clock clock;
    private final CommandQueue<AcceptIncarnation, CommandResult<AcceptedIncarnation>> queue;

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
        this.queue = commandQueues.open("incarnation", this::decide);
    }

    /**
     * The log's current incarnation.
     *
     * @param startAfter the cursor of the last event before it
     * @param acceptedAt null for the first incarnation, 0
     */
    public record AcceptedIncarnation(
            int incarnation, String startAfter, @Nullable Instant acceptedAt) {}

    /**
     * The command that accepts an incarnation.
     *
     * @param incarnation the number of the accepted incarnation, or null for the next one, if there is a reason for it
     */
    record AcceptIncarnation(@Nullable Integer incarnation, String actor, IdempotencyKey idempotencyKey)
            implements IdempotentCommand {
        @Override
        public long ownerId() {
            return OPERATOR;
        }
    }

    /**
     * Starts the next incarnation. Changes nothing if it has started already. Without a number, changes nothing unless
     * an instance or the sink knows an event that the log does not have.
     *
     * @param incarnation its number, or null
     * @param actor the actor of the audit log entry
     */
    public CompletableFuture<CommandResult<AcceptedIncarnation>> accept(
            @Nullable Integer incarnation, String actor, IdempotencyKey key) {
        return queue.submit(new AcceptIncarnation(incarnation, actor, key));
    }

    BatchResult<CommandResult<AcceptedIncarnation>> decide(List<AcceptIncarnation> commands) {
        State state = rows.lock();
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        List<CommandResult<AcceptedIncarnation>> results = new ArrayList<>(commands.size());
        for (AcceptIncarnation command : commands) {
            results.add(storedResults.replayOrDecide(
                    command, AcceptedIncarnation.class, () -> decide(command, rows.read(), now)));
        }
        idempotencyStore.save(storedResults, now);
        List<Incarnation> incarnations = log.incarnations().all();
        boolean accepted = rows.read().incarnation() != state.incarnation();
        return new BatchResult<>(results, () -> accepted && areCommitted(incarnations));
    }

    /** Compares whole rows, because another instance may have accepted an incarnation of the same number. */
    private boolean areCommitted(List<Incarnation> incarnations) {
        rows.lock();
        return log.incarnations().all().containsAll(incarnations);
    }

    private CommandResult<AcceptedIncarnation> decide(AcceptIncarnation command, State state, Instant now) {
        int next = Math.max(state.incarnation(), EventIds.incarnationOf(state.lostId())) + 1;
        Integer requested = command.incarnation();
        boolean noReason = requested == null && state.lostId() == 0 && !state.rewound();
        if (noReason || requested != null && requested == state.incarnation()) {
            return CommandResult.done(current());
        }
        if (requested != null && requested != next) {
            return CommandResult.refused(InvalidRequest.at("/incarnation", "incarnation", state.incarnation(), next));
        }
        String head = IdText.of(state.headId());
        rows.start(new Incarnation(next, firstPosition(state), now));
        AcceptedIncarnation accepted = current();
        auditLog.write(
                AuditLogAction.INCARNATION_ACCEPTED,
                command.actor(),
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
                : log.firstAt(state.lostAt().plus(CLOCK_DIFFERENCE_MAX));
    }

    private AcceptedIncarnation current() {
        Incarnations incarnations = log.incarnations();
        Incarnation current = incarnations.current();
        return new AcceptedIncarnation(
                current.number(), incarnations.textAt(current.firstPosition() - 1), current.acceptedAt());
    }
}
