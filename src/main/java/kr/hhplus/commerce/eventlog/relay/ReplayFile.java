package kr.hhplus.commerce.eventlog.relay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kr.hhplus.commerce.eventlog.StoredEvent;

/**
 * The file of one replay. It continues after its last intact line, so that after a crash no line is torn or duplicated.
 */
final class ReplayFile implements Closeable {

    private final String replay;
    private final NamedFile file;
    private long last;

    /** @param last the number of the last event in the file, or 0 */
    private ReplayFile(String replay, NamedFile file, long last) {
        this.replay = replay;
        this.file = file;
        this.last = last;
    }

    static ReplayFile open(EventFiles files, String replay, ObjectMapper json) throws IOException {
        Path path = files.ofReplay(replay);
        boolean isNew = Files.notExists(path);
        NamedFile file = files.open(path);
        if (isNew) {
            return new ReplayFile(replay, file, 0);
        }
        JsonLines intact = JsonLines.read(path, json);
        file.truncate(intact.intactBytes());
        return new ReplayFile(replay, file, intact.last());
    }

    boolean isOf(String other) {
        return replay.equals(other);
    }

    void append(List<StoredEvent> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (StoredEvent event : events) {
            if (event.number() > last) {
                lines.writeBytes(event.body().getBytes(StandardCharsets.UTF_8));
                lines.write('\n');
            }
        }
        file.append(lines.toByteArray());
        last = events.get(events.size() - 1).number();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
