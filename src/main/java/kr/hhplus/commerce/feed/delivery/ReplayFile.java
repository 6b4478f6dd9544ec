package kr.hhplus.commerce.feed.delivery;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kr.hhplus.commerce.feed.StoredEvent;

/** The file of one replay. It knows where it stopped, so a crash leaves no line of it torn or doubled. */
final class ReplayFile implements Closeable {

    private final String replay;
    private final FileChannel file;
    private long position;

    private ReplayFile(String replay, FileChannel file, long position) {
        this.replay = replay;
        this.file = file;
        this.position = position;
    }

    static ReplayFile open(EventFiles files, String replay, ObjectMapper json) throws IOException {
        Path path = files.ofReplay(replay);
        boolean isNew = Files.notExists(path);
        FileChannel file = files.open(path);
        if (isNew) {
            return new ReplayFile(replay, file, 0);
        }
        JsonLines whole = JsonLines.read(path, json);
        file.truncate(whole.wholeBytes());
        return new ReplayFile(replay, file, whole.position());
    }

    boolean isOf(String other) {
        return replay.equals(other);
    }

    void append(List<StoredEvent> events) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (StoredEvent event : events) {
            if (event.position() > position) {
                lines.writeBytes(event.body().getBytes(StandardCharsets.UTF_8));
                lines.write('\n');
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(true);
        position = events.get(events.size() - 1).position();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
