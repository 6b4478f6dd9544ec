package kr.hhplus.commerce.kernel.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Creates directories and files that hold orders and balances, readable by the service's own user alone. A directory
 * that exists keeps its permissions, and a new file in it gets what the directory grants: 0600 in 0700, 0640 in 0750.
 * So an operator shares a directory with a group by one {@code chmod}.
 */
public final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private PrivateFiles() {}

    /** Creates the directory and its missing parents, with mode 0700 where the file system knows modes. */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path existing = directory.toAbsolutePath();
        while (existing.getParent() != null && Files.notExists(existing)) {
            existing = existing.getParent();
        }
        if (hasModes(existing)) {
            Files.createDirectories(directory, OWNER_ONLY);
        } else {
            Files.createDirectories(directory);
        }
    }

    /** Creates an empty file with what its directory grants, unless there is one. */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributesIn(file.toAbsolutePath().getParent()));
        } catch (FileAlreadyExistsException e) {
            // Its permissions are its owner's.
        }
    }

    /** With what a new file in this directory is to be created; nothing where the file system knows no modes. */
    public static FileAttribute<?>[] attributesIn(Path directory) throws IOException {
        if (!hasModes(directory)) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(directory);
        granted.removeAll(EXECUTE);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(granted)};
    }

    /** Whether other users of this machine may look into the directory. */
    static boolean isOpenToOthers(Path directory) throws IOException {
        return hasModes(directory)
                && Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private static boolean hasModes(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
