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
 * Creates directories and files for orders and balances, which only the service's own user may read. An existing
 * directory keeps its permissions, and a new file in it gets the permissions that the directory grants: 0600 in 0700,
 * 0640 in 0750. So an operator shares a directory with a group by one {@code chmod}.
 */
public final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> EXECUTE = EnumSet.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private PrivateFiles() {}

    /** Creates the directory and its missing parents, with mode 0700 if the file system supports modes. */
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

    /** Creates an empty file with the permissions that its directory grants. Does nothing if the file exists. */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, attributesIn(file.toAbsolutePath().getParent()));
        } catch (FileAlreadyExistsException e) {
            // The owner of an existing file decides on its permissions.
        }
    }

    /** Returns the attributes of a new file in this directory. Empty if the file system does not support modes. */
    public static FileAttribute<?>[] attributesIn(Path directory) throws IOException {
        if (!hasModes(directory)) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(directory);
        granted.removeAll(EXECUTE);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(granted)};
    }

    /** Whether other users of this machine may access the directory. */
    static boolean isOpenToOthers(Path directory) throws IOException {
        return hasModes(directory)
                && Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    private static boolean hasModes(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    }
}
