package kr.hhplus.commerce.feed.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import kr.hhplus.commerce.feed.Delivery;
import kr.hhplus.commerce.feed.EventLog;
import kr.hhplus.commerce.feed.RefusedEvent;
import kr.hhplus.commerce.feed.StoredEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON Lines files, one per UTC day of the events, forced to disk chunk by chunk. The files themselves say what was
 * delivered last, so that no event stands in them twice, whatever byte a crash stops at.
 */
final class FileDelivery implements Delivery {

    private static final Logger logger = LoggerFactory.getLogger(FileDelivery.class);

    private final EventFiles files;
    private final EventLog log;
    private final ObjectMapper json;
    private Closeable lock;
    private FileChannel open;
    private LocalDate day;
    private ReplayFile replayed;

    FileDelivery(Path directory, EventLog log, ObjectMapper json) {
        this.files = new EventFiles(directory);
        this.log = log;
        this.json = json;
    }

    @Override
    public String form() {
        return "file";
    }

    /**
     * Goes on after the later one of the last event in the files and the last one recorded. What was recorded was on
     * disk, so where files are missing, somebody has taken them, and has them.
     */
    @Override
    public long resume(long recorded) throws IOException {
        close();
        lock = files.lock();
        day = LocalDate.MIN;
        List<LocalDate> newestFirst = files.newestFirst();
        if (newestFirst.isEmpty()) {
            return recorded;
        }
        LocalDate newest = newestFirst.get(0);
        JsonLines tail = JsonLines.read(files.of(newest), json);
        JsonLines last = tail;
        for (int i = 1; last.body() == null && i < newestFirst.size(); i++) {
            last = JsonLines.read(files.of(newestFirst.get(i)), json);
        }
        requireOurs(last, recorded, files.of(newest));
        if (tail.damagedLine() && last.position() < recorded) {
            throw new IOException(files.of(newest) + " is damaged after byte " + tail.wholeBytes()
                    + " where it was whole once; move it away to go on");
        }
        open = files.open(newest);
        day = newest;
        if (open.size() > tail.wholeBytes()) {
            open.truncate(tail.wholeBytes());
            open.force(true);
        }
        return Math.max(recorded, last.position());
    }

    /** Files that are ahead of the record are a crash's trace, or some other database's: then nothing is skipped. */
    private void requireOurs(JsonLines last, long recorded, Path newest) throws IOException {
        if (last.position() <= recorded) {
            return;
        }
        List<StoredEvent> stored = log.after(last.position() - 1, 1);
        if (stored.isEmpty() || !stored.get(0).body().equals(last.body())) {
            throw new IOException(
                    newest + " ends with an event that this database does not know; move it away to go on");
        }
    }

    @Override
    public List<RefusedEvent> deliver(List<StoredEvent> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (StoredEvent event : events) {
            LocalDate eventDay = LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC);
            if (eventDay.isAfter(day)) {
                write(lines);
                turnTo(eventDay);
            }
            lines.writeBytes(event.body().getBytes(StandardCharsets.UTF_8));
            lines.write('\n');
        }
        write(lines);
        return List.of();
    }

    /** The daily files promise each event once, so what is sent again stands in a file of its own. */
    @Override
    public List<RefusedEvent> deliverAgain(String replay, List<StoredEvent> events) throws IOException {
        if (replayed == null || !replayed.isOf(replay)) {
            closeQuietly(replayed);
            replayed = ReplayFile.open(files, replay, json);
        }
        replayed.append(events);
        return List.of();
    }

    /** The lines before it are on disk when a new file begins: only the newest file can ever be torn. */
    private void turnTo(LocalDate next) throws IOException {
        if (open != null) {
            open.close();
        }
        open = files.open(next);
        day = next;
    }

    private void write(ByteArrayOutputStream lines) throws IOException {
        if (lines.size() == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
        open.force(true);
        lines.reset();
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

    /** What must be on disk has been forced there before: a failing close loses nothing. */
    private static void closeQuietly(Closeable held) {
        try {
            if (held != null) {
                held.close();
            }
        } catch (IOException e) {
            logger.warn("closing the event files", e);
        }
    }
}
