package kr.hhplus.commerce.eventlog.relay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.files.PrivateFiles;

/** The event files of one directory, {@code orders-YYYY-MM-DD.jsonl}. Files with other names are ignored. */
record EventFiles(Path directory) {

    private static final Pattern NAME = Pattern.compile("orders-(\\d{4}-\\d{2}-\\d{2})\\.jsonl");

    /**
     * Locks the directory, so that only one process writes to it. The operating system releases the lock whenever the
     * process ends.
     *
     * @throws IOException if another process holds the lock
     */
    NamedFile lock() throws IOException {
        PrivateFiles.createDirectories(directory);
        Path path = directory.resolve(".lock");
        PrivateFiles.createFile(path);
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return new NamedFile(path, file);
            }
        } catch (OverlappingFileLockException e) {
            // This process holds the lock already, which is a conflict too.
        } catch (IOException e) {
            file.close();
            throw e;
        }
        file.close();
        throw new IOException("another process has locked " + directory);
    }

    Path of(LocalDate day) {
        return directory.resolve("orders-" + day + ".jsonl");
    }

    Path ofReplay(String replay) {
        return directory.resolve("replay-" + replay + ".jsonl");
    }

    List<LocalDate> newestFirst() throws IOException {
        List<LocalDate> days = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    addIfDay(name.group(1), days);
                }
            });
        }
        days.sort(Comparator.reverseOrder());
        return days;
    }

    private static void addIfDay(String text, List<LocalDate> days) {
        try {
            days.add(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            // An invalid date, so not a file of this service.
        }
    }

    NamedFile open(LocalDate day) throws IOException {
        return open(of(day));
    }

    /** Opens a file for appending. The directory entry of a new file is forced to disk. */
    NamedFile open(Path path) throws IOException {
        boolean isNew = Files.notExists(path);
        PrivateFiles.createFile(path);
        FileChannel file = FileChannel.open(path, StandardOpenOption.APPEND);
        if (isNew) {
            forceDirectory();
        }
        return new NamedFile(path, file);
    }

    private void forceDirectory() {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            // Windows can neither open nor force directories, and does not need to.
        }
    }
}
