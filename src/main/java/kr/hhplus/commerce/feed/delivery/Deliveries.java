package kr.hhplus.commerce.feed.delivery;

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
import kr.hhplus.commerce.feed.DeliveryState;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.Incarnations;
import kr.hhplus.commerce.feed.delivery.JdbcReplays.Replay;
import kr.hhplus.commerce.groupcommit.Decided;
import kr.hhplus.commerce.groupcommit.GroupCommit;
import kr.hhplus.commerce.groupcommit.Lanes;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.shared.Answer;
import kr.hhplus.commerce.shared.idempotency.FirstAnswers;
import kr.hhplus.commerce.shared.idempotency.Keyed;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.Ids;
import kr.hhplus.commerce.trail.Trail;
import kr.hhplus.commerce.trail.TrailKind;
import org.springframework.stereotype.Service;

/** The operator's lane to the relay: asks for replays, which the writer works off beside what is new. */
@Service
class Deliveries {

    private final JdbcReplays replays;
    private final EventLog log;
    private final Backlog backlog;
    private final FirstAnswers firstAnswers;
    private final Trail trail;
    private final Ids ids;
    private final Clock clock;
    private final GroupCommit<StartReplay, Answer<DeliveryState.Replay>> lane;

    Deliveries(
            JdbcReplays replays,
            EventLog log,
            Backlog backlog,
            FirstAnswers firstAnswers,
            Trail trail,
            Ids ids,
            Clock clock,
            Lanes lanes) {
        this.replays = replays;
        this.log = log;
        this.backlog = backlog;
        this.firstAnswers = firstAnswers;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.lane = lanes.open("replay", this::decide, FirstAnswers.rowsOf(Deliveries::rowsOf));
    }

    private static List<Set<RowKey>> rowsOf(List<StartReplay> commands) {
        return commands.stream()
                .<Set<RowKey>>map(command -> new HashSet<>(Set.of(JdbcReplays.ROW)))
                .toList();
    }

    /**
     * @param from the first position that is to be sent again
     * @param by who asks
     */
    record StartReplay(long from, String by, RequestKey requestKey) implements Keyed {
        @Override
        public long keyOwner() {
            return OPERATOR;
        }
    }

    private static DeliveryState.Replay state(Replay replay, Incarnations incarnations) {
        return new DeliveryState.Replay(
                replay.name(),
                incarnations.textAt(replay.from()),
                incarnations.textAt(replay.to()),
                Math.max(0, replay.to() - replay.position()),
                replay.requestedAt());
    }

    CompletableFuture<Answer<DeliveryState.Replay>> submit(StartReplay command) {
        return lane.submit(command);
    }

    /** The replay under way, or the last one that was; nothing where none was ever asked for. */
    Optional<DeliveryState.Replay> latest() {
        Replay latest = replays.latest();
        return latest.id() == 0 ? Optional.empty() : Optional.of(state(latest, log.incarnations()));
    }

    private Decided<Answer<DeliveryState.Replay>> decide(List<StartReplay> commands) {
        Replay before = replays.lock();
        FirstAnswers.Known known = firstAnswers.lookUp(commands);
        Instant now = clock.instant();
        long delivered = backlog.position();
        Incarnations incarnations = log.incarnations();
        List<Replay> started = new ArrayList<>(List.of(before));
        List<Answer<DeliveryState.Replay>> answers = new ArrayList<>(commands.size());
        for (StartReplay command : commands) {
            answers.add(known.answer(command, DeliveryState.Replay.class, () -> {
                Replay replay = start(command, started.get(started.size() - 1), delivered, now);
                started.add(replay);
                trail.write(
                        TrailKind.REPLAY_STARTED,
                        command.by(),
                        "replay " + replay.name(),
                        Map.of(
                                "from", incarnations.textAt(replay.from()),
                                "to", incarnations.textAt(replay.to())));
                return Answer.done(state(replay, incarnations));
            }));
        }
        Replay last = started.get(started.size() - 1);
        if (last != before) {
            replays.replace(last);
        }
        firstAnswers.save(known, now);
        BooleanSupplier written = () -> last != before && replays.lock().id() == last.id();
        return new Decided<>(answers, written);
    }

    /** A replay under way is not lost: the new one takes over what it had still to send. */
    private Replay start(StartReplay command, Replay before, long delivered, Instant now) {
        long from = before.isFinished() ? command.from() : Math.min(command.from(), before.position() + 1);
        long to = Math.max(delivered, from - 1);
        return new Replay(ids.next(), from, to, from - 1, now);
    }
}
