package kr.hhplus.commerce.feed;

import java.io.IOException;
import java.nio.channels.FileChannel;
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

/** The files of one directory, {@code orders-YYYY-MM-DD.jsonl}. Files of any other name are left alone. */
record EventFiles(Path directory) {

    private static final Pattern NAME = Pattern.compile("orders-(\\d{4}-\\d{2}-\\d{2})\\.jsonl");

    Path of(LocalDate day) {
        return directory.resolve("orders-" + day + ".jsonl");
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
            // The thirteenth month is not ours.
        }
    }

    /** Opens a day's file at its end; a new one is in the directory to stay. */
    FileChannel open(LocalDate day) throws IOException {
        boolean isNew = Files.notExists(of(day));
        FileChannel file = FileChannel.open(of(day), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (isNew) {
            forceDirectory();
        }
        return file;
    }

    private void forceDirectory() {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException e) {
            // Windows opens no directories, and needs no forcing of them.
        }
    }
}
