package kr.hhplus.commerce.feed;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a directory to one writer. The system lets go of it when the process dies, however it dies. */
record DirectoryLock(FileChannel file, FileLock lock) implements Closeable {

    static DirectoryLock take(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel file =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return new DirectoryLock(file, lock);
            }
        } catch (OverlappingFileLockException e) {
            // Held within this very process: taken all the same.
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new IOException("another writer holds " + directory);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
