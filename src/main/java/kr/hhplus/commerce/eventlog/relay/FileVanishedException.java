package kr.hhplus.commerce.eventlog.relay;

import java.io.IOException;
import java.nio.file.Path;

/** A file was renamed, removed or replaced while it was open. */
final class FileVanishedException extends IOException {

    FileVanishedException(Path path) {
        super(path + " was renamed, removed or replaced while it was open; its events are written again");
    }
}
