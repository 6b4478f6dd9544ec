package kr.hhplus.bench.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** H2 inside the server's own process, on the disk. */
public final class Embedded implements Databases {

    private static final String OPTIONS = ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;"
            + "WRITE_DELAY=0;LOCK_TIMEOUT=2000;MAX_LENGTH_INPLACE_LOB=65536;DB_CLOSE_ON_EXIT=FALSE";

    private final Path work;

    public Embedded(Path work) {
        this.work = work;
    }

    @Override
    public Database create(String name) {
        Path folder = work.resolve(name).toAbsolutePath();
        Folders.delete(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Database("jdbc:h2:file:" + folder.resolve("commerce") + OPTIONS, "sa", "", folder.toString());
    }

    @Override
    public Database copy(Database original, String name) {
        Database copy = create(name);
        Folders.copy(Path.of(original.folder()), Path.of(copy.folder()));
        return copy;
    }

    @Override
    public void drop(Database database) {
        Folders.delete(Path.of(database.folder()));
    }

    @Override
    public long pid() {
        return 0;
    }

    @Override
    public String description() {
        return "H2 on disk, inside the service";
    }

    @Override
    public void close() {
        // It ends with its server.
    }
}
