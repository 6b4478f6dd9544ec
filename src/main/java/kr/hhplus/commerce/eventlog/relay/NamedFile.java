package kr.hhplus.commerce.eventlog.relay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import kr.hhplus.commerce.kernel.ids.IdText;

/**
 * An open file that must keep its name. After a rename or deletion, an open handle would silently write to the old
 * file.
 */
final class NamedFile implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private final Object key;

    /** @param channel the channel of the file that is at the path now */
    NamedFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.key = key();
    }

    /** Returns the file's inode. Null on Windows, where an open file cannot be renamed. */
    private Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /**
     * Checks that the path still names the open file.
     *
     * @throws FileVanishedException if the path names another file, or none
     */
    void requireName() throws IOException {
        try {
            if (Objects.equals(key, key())) {
                return;
            }
        } catch (NoSuchFileException e) {
            throw new FileVanishedException(path);
        }
        throw new FileVanishedException(path);
    }

    /**
     * Writes all bytes and forces them to disk.
     *
     * @throws FileVanishedException see {@link #requireName}
     */
    void append(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        channel.force(true);
        requireName();
    }

    /** Returns the id that {@link #writeId} has written, or 0 if there is none. */
    long readId() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(IdText.LENGTH);
        channel.read(text, 0);
        return IdText.parse(new String(text.array(), StandardCharsets.US_ASCII)).orElse(0L);
    }

    /**
     * Replaces the file's content by an id. It is not forced to disk, so after a crash the file may contain an older
     * id.
     */
    void writeId(long id) throws IOException {
        channel.write(StandardCharsets.US_ASCII.encode(IdText.of(id)), 0);
    }

    /** Truncates the file to this length, and forces it to disk. */
    void truncate(long length) throws IOException {
        if (channel.size() > length) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
