package kr.hhplus.commerce.testkit.servers;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes what all forks of a build share: the first fork makes it, and the others wait for it. */
final class MadeOnce {

    /** Makes the file or directory completely, or throws. */
    interface Maker {

        void make() throws IOException;
    }

    private MadeOnce() {}

    /** Synchronized, too: a file lock is held by a process and does not keep its threads apart. */
    static synchronized void unlessThere(Path wanted, Maker maker) {
        Path lockFile = wanted.resolveSibling(wanted.getFileName() + ".lock");
        try {
            Files.createDirectories(wanted.getParent());
            try (FileChannel channel = FileChannel.open(lockFile, CREATE, WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(wanted)) {
                    maker.make();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
