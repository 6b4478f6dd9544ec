package kr.hhplus.commerce.eventlog.relay;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import kr.hhplus.commerce.auditlog.AuditLog;
import kr.hhplus.commerce.auditlog.AuditLogAction;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.Incarnations;
import kr.hhplus.commerce.eventlog.relay.JdbcReplays.Replay;
import kr.hhplus.commerce.groupcommit.BatchResult;
import kr.hhplus.commerce.groupcommit.CommandQueue;
import kr.hhplus.commerce.groupcommit.CommandQueues;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyStore;
import kr.hhplus.commerce.kernel.idempotency.IdempotentCommand;
import kr.hhplus.commerce.kernel.ids.Ids;
import org.springframework.stereotype.Service;

/** Starts replays for operators. The leader sends the events alongside the delivery of new ones. */
@Service
class ReplayQueue {

    private final JdbcReplays replays;
    private final EventLog log;
    private final RelayLag lag;
    private final IdempotencyStore idempotencyStore;
    private final AuditLog auditLog;
    private final Ids ids;
    private final Clock clock;
    private final CommandQueue<StartReplay, CommandResult<RelayStatus.Replay>> queue;

    ReplayQueue(
            JdbcReplays replays,
            EventLog log,
            RelayLag lag,
            IdempotencyStore idempotencyStore,
            AuditLog auditLog,
            Ids ids,
            Clock clock,
            CommandQueues commandQueues) {
        this.replays = replays;
        this.log = log;
        this.lag = lag;
        this.idempotencyStore = idempotencyStore;
        this.auditLog = auditLog;
        this.ids = ids;
        this.clock = clock;
        this.queue = commandQueues.open("replay", this::decide, IdempotencyStore.rowsOf(ReplayQueue::rowsOf));
    }

    private static List<Set<RowKey>> rowsOf(List<StartReplay> commands) {
        return commands.stream()
                .<Set<RowKey>>map(command -> new HashSet<>(Set.of(JdbcReplays.ROW)))
                .toList();
    }

    /**
     * The command that starts a replay.
     *
     * @param from the first position to send again
     * @param operator the name of the operator
     */
    record StartReplay(long from, String operator, IdempotencyKey idempotencyKey) implements IdempotentCommand {
        @Override
        public long ownerId() {
            return OPERATOR;
        }
    }

    private static RelayStatus.Replay state(Replay replay, Incarnations incarnations) {
        return new RelayStatus.Replay(
                replay.name(),
                incarnations.textAt(replay.from()),
                incarnations.textAt(replay.to()),
                Math.max(0, replay.to() - replay.position()),
                replay.requestedAt());
    }

    CompletableFuture<CommandResult<RelayStatus.Replay>> submit(StartReplay command) {
        return queue.submit(command);
    }

    /** Returns the current or latest replay. Empty if there was none. */
    Optional<RelayStatus.Replay> latest() {
        Replay latest = replays.latest();
        return latest.id() == 0 ? Optional.empty() : Optional.of(state(latest, log.incarnations()));
    }

    private BatchResult<CommandResult<RelayStatus.Replay>> decide(List<StartReplay> commands) {
        Replay before = replays.lock();
        IdempotencyStore.StoredResults storedResults = idempotencyStore.lookUp(commands);
        Instant now = clock.instant();
        long delivered = lag.position();
        Incarnations incarnations = log.incarnations();
        List<Replay> started = new ArrayList<>(List.of(before));
        List<CommandResult<RelayStatus.Replay>> results = new ArrayList<>(commands.size());
        for (StartReplay command : commands) {
            results.add(storedResults.replayOrDecide(command, RelayStatus.Replay.class, () -> {
                Replay replay = start(command, started.get(started.size() - 1), delivered, now);
                started.add(replay);
                auditLog.write(
                        AuditLogAction.REPLAY_STARTED,
                        command.operator(),
                        "replay " + replay.name(),
                        Map.of(
                                "from", incarnations.textAt(replay.from()),
                                "to", incarnations.textAt(replay.to())));
                return CommandResult.done(state(replay, incarnations));
            }));
        }
        Replay last = started.get(started.size() - 1);
        if (last != before) {
            replays.replace(last);
        }
        idempotencyStore.save(storedResults, now);
        BooleanSupplier written = () -> last != before && replays.lock().id() == last.id();
        return new BatchResult<>(results, written);
    }

    /** Creates the replay. If another replay is running, the new one includes its unsent events. */
    private Replay start(StartReplay command, Replay before, long delivered, Instant now) {
        long from = before.isFinished() ? command.from() : Math.min(command.from(), before.position() + 1);
        long to = Math.max(delivered, from - 1);
        return new Replay(ids.next(), from, to, from - 1, now);
    }
}
