package kr.hhplus.commerce.eventlog.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import kr.hhplus.commerce.eventlog.DeadLetter;
import kr.hhplus.commerce.eventlog.EventIds;
import kr.hhplus.commerce.eventlog.EventLog;
import kr.hhplus.commerce.eventlog.EventSink;
import kr.hhplus.commerce.eventlog.SinkAheadException;
import kr.hhplus.commerce.eventlog.StoredEvent;
import kr.hhplus.commerce.kernel.ids.IdText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes JSON Lines files, one per UTC day of the events, and forces each batch to disk. The files themselves show
 * which event was delivered last, so that no event appears twice, wherever a crash interrupts a write.
 */
final class FileEventSink implements EventSink {

    private static final Logger logger = LoggerFactory.getLogger(FileEventSink.class);
    private static final long NOTHING_VANISHED = Long.MAX_VALUE;

    private final EventFiles files;
    private final EventLog log;
    private final ObjectMapper json;
    private @Nullable NamedFile lock;
    private @Nullable NamedFile open;
    private LocalDate day = LocalDate.MIN;
    private @Nullable ReplayFile replayed;

    /** The position of the first event in the open file; 0 if it has none. */
    private long firstInOpen;

    /** The id of the last event ever written to this directory, or 0. The lock file stores it. */
    private long reached;

    /**
     * The position at which to resume after a file vanished while it was open. It is kept until the first event after
     * it is written again.
     */
    private long vanishedAfter = NOTHING_VANISHED;

    FileEventSink(Path directory, EventLog log, ObjectMapper json) {
        this.files = new EventFiles(directory);
        this.log = log;
        this.json = json;
    }

    @Override
    public String name() {
        return "file";
    }

    /**
     * Resumes after the last event in the files or the last recorded one, whichever is later. Recorded events were on
     * disk, so missing files were removed on purpose. If the newest file has lost lines, or vanished while it was open,
     * the sink resumes earlier and writes the lost events again.
     */
    @Override
    public long resume(long recorded) throws IOException {
        close();
        lock = files.lock();
        reached = lock.readId();
        day = LocalDate.MIN;
        firstInOpen = 0;
        List<LocalDate> newestFirst = files.newestFirst();
        if (newestFirst.isEmpty()) {
            return Math.min(recorded, vanishedAfter);
        }
        LocalDate newest = newestFirst.get(0);
        JsonLines tail = JsonLines.read(files.of(newest), json);
        JsonLines last = tail;
        for (int i = 1; last.body() == null && i < newestFirst.size(); i++) {
            last = JsonLines.read(files.of(newestFirst.get(i)), json);
        }
        long position = position(newest, tail, last, recorded);
        open = files.open(newest);
        day = newest;
        firstInOpen = EventIds.positionOf(tail.first());
        open.truncate(tail.intactBytes());
        return position;
    }

    private long position(LocalDate newest, JsonLines tail, JsonLines last, long recorded) throws IOException {
        long recordedId = log.incarnations().idAt(recorded);
        if (last.last() > recordedId) {
            // The file is ahead after a crash, in a new incarnation, or with another database. No event may be skipped.
            return Math.max(recorded, sharedWith(last, newest));
        }
        return last.last() == recordedId ? recorded : positionOfFilesBehind(newest, tail, last, recorded);
    }

    /**
     * Returns the position where delivery goes on if the files end before the recorded position. Either another
     * instance has delivered the missing events to its own directory, or lines of these files are lost.
     *
     * @throws IOException if the newest file is damaged
     */
    private long positionOfFilesBehind(LocalDate newest, JsonLines tail, JsonLines last, long recorded)
            throws IOException {
        LocalDate recordedDay = log.occurredAt(recorded)
                .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC))
                .orElse(LocalDate.MIN);
        boolean isNew = tail.body() == null && newest.isAfter(recordedDay);
        boolean lost = reached > last.last();
        boolean torn = Files.size(files.of(newest)) > tail.intactBytes();
        if (tail.damagedLine() || lost && torn && !isNew) {
            throw new IOException(files.of(newest) + " is damaged after byte " + tail.intactBytes()
                    + " and has been intact before; move it away to continue");
        }
        if (lost && tail.body() != null && !newest.isBefore(recordedDay)) {
            logger.error(
                    "{} has lost delivered lines after event {}; writing them again",
                    files.of(newest),
                    IdText.of(tail.last()));
            vanishedAfter = NOTHING_VANISHED;
            return sharedWith(tail, newest);
        }
        return Math.min(recorded, vanishedAfter);
    }

    private long sharedWith(JsonLines lines, LocalDate newest) throws IOException {
        try {
            return log.sharedWith(lines.last(), lines.body());
        } catch (SinkAheadException e) {
            throw new SinkAheadException(files.of(newest) + " (move it away to continue)", e);
        }
    }

    @Override
    public List<DeadLetter> deliver(List<StoredEvent> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try {
            for (StoredEvent event : events) {
                LocalDate eventDay = LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC);
                if (eventDay.isAfter(day)) {
                    write(lines);
                    openDay(eventDay);
                }
                reached = event.number();
                if (firstInOpen == 0) {
                    firstInOpen = event.position();
                }
                lines.writeBytes(event.body().getBytes(StandardCharsets.UTF_8));
                lines.write('\n');
            }
            write(lines);
        } catch (FileVanishedException e) {
            vanishedAfter = Math.min(vanishedAfter, firstInOpen - 1);
            throw e;
        }
        vanishedAfter = NOTHING_VANISHED;
        return List.of();
    }

    /** Each event appears once in the daily files, so a replay has a file of its own. */
    @Override
    public List<DeadLetter> deliverAgain(String replay, List<StoredEvent> events) throws IOException {
        if (replayed == null || !replayed.isOf(replay)) {
            closeQuietly(replayed);
            replayed = ReplayFile.open(files, replay, json);
        }
        replayed.append(events);
        return List.of();
    }

    /** Opens the file of the next day. All earlier lines are on disk by then, so only the newest file can be torn. */
    private void openDay(LocalDate next) throws IOException {
        if (open != null) {
            open.close();
        }
        open = files.open(next);
        day = next;
        firstInOpen = 0;
    }

    private void write(ByteArrayOutputStream lines) throws IOException {
        if (lines.size() > 0) {
            open.append(lines.toByteArray());
            lock.requireName();
            lock.writeId(reached);
            lines.reset();
        }
    }

    @Override
    public void close() {
        closeQuietly(open);
        closeQuietly(replayed);
        closeQuietly(lock);
        open = null;
        replayed = null;
        lock = null;
    }

    /** All data was forced to disk before, so a failed close loses nothing. */
    private static void closeQuietly(@Nullable Closeable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (IOException e) {
            logger.warn("failed to close an event file", e);
        }
    }
}
