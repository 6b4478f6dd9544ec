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

/** An open file that must keep its name: an open handle goes on writing into a file that was moved or removed. */
final class NamedFile implements Closeable {

    private final Path path;
    private final FileChannel channel;
    private final Object key;

    /** @param channel of the file that is at the path now */
    NamedFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.key = key();
    }

    /** The file's number on its disk; null on Windows, where an open file cannot be renamed. */
    private Object key() throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    /** @throws FileVanishedException where the path names another file than the open one, or none */
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

    /** Writes everything, to disk. @throws FileVanishedException see {@link #requireName} */
    void append(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        channel.force(true);
        requireName();
    }

    /** The id that {@link #writeId} has left, or 0 where there is none. */
    long readId() throws IOException {
        ByteBuffer text = ByteBuffer.allocate(IdText.LENGTH);
        channel.read(text, 0);
        return IdText.parse(new String(text.array(), StandardCharsets.US_ASCII)).orElse(0L);
    }

    /** Puts an id in the place of the file's content. Not forced to disk: after a crash an older one may be there. */
    void writeId(long id) throws IOException {
        channel.write(StandardCharsets.US_ASCII.encode(IdText.of(id)), 0);
    }

    /** Cuts off what follows, on disk. */
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
