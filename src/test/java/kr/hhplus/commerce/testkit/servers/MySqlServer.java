package kr.hhplus.commerce.testkit.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.springframework.util.FileSystemUtils;

/**
 * Oracle's own MySQL 8.0, as the build has unpacked it, on a data directory that is removed with it. Durable as in
 * production; time zone, isolation and character set are not what the service wants, so that it must set its own.
 */
public final class MySqlServer implements AutoCloseable {

    public static final String USER = "root";

    private static final Path HOME = Path.of("target", "servers", "mysql").toAbsolutePath();
    private static final Path INITIALISED =
            Path.of("target", "servers", "mysql-initialised").toAbsolutePath();
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(90);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path data;
    private final int port = ServerProcess.freePort();
    private final ServerProcess process;

    private MySqlServer(String... options) {
        try {
            data = Files.createTempDirectory("mysql");
            FileSystemUtils.copyRecursively(INITIALISED, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(mysqld(data));
        command.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--mysqlx=OFF",
                "--socket=" + data.resolve("s"),
                "--pid-file=" + data.resolve("pid"),
                "--performance-schema=OFF",
                "--skip-log-bin",
                "--innodb-redo-log-capacity=64M",
                "--innodb-buffer-pool-size=256M",
                "--innodb-flush-log-at-trx-commit=1",
                "--max-connections=400",
                "--default-time-zone=+09:00",
                "--transaction-isolation=REPEATABLE-READ",
                "--character-set-server=latin1",
                "--sql-mode="));
        command.addAll(List.of(options));
        process = new ServerProcess("mysql-" + port, command);
    }

    /** Why there can be none here, or nothing. */
    static String missing() {
        if (!Files.isExecutable(HOME.resolve("bin/mysqld"))) {
            return "MySQL is not unpacked in target/servers/mysql: ./mvnw verify does it on Linux and macOS";
        }
        try {
            Process version = new ProcessBuilder(HOME.resolve("bin/mysqld").toString(), "--no-defaults", "--version")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(version.getInputStream().readAllBytes());
            boolean ended = version.waitFor(60, TimeUnit.SECONDS);
            if (ended && version.exitValue() == 0) {
                return "";
            }
            return "MySQL does not run here (Debian: apt-get install libaio1 libnuma1): " + output.strip();
        } catch (IOException e) {
            return "MySQL does not run here: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A server of its own, with more options of {@code mysqld} where they are given. */
    public static synchronized MySqlServer start(String... options) {
        MadeOnce.unlessThere(INITIALISED, MySqlServer::initialise);
        MySqlServer server = new MySqlServer(options);
        server.startAndWait();
        return server;
    }

    private static void initialise() throws IOException {
        Path fresh = Files.createTempDirectory(INITIALISED.getParent(), "mysql-initialising");
        List<String> command = new ArrayList<>(mysqld(fresh));
        command.add("--initialize-insecure");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(fresh.resolveSibling("mysql-initialise.log").toFile())
                .start();
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("mysqld --initialize failed, see target/servers/mysql-initialise.log");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Files.move(fresh, INITIALISED);
    }

    private static List<String> mysqld(Path data) {
        return List.of(
                HOME.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + HOME,
                "--datadir=" + data,
                "--secure-file-priv=NULL");
    }

    private void startAndWait() {
        process.start();
        Awaitility.await("MySQL to take connections, see " + process.log())
                .atMost(START_WAIT_MAX)
                .pollInterval(Duration.ofMillis(100))
                .failFast("MySQL ended while starting, see " + process.log(), () -> !process.isAlive())
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    execute("SELECT 1");
                    return true;
                });
    }

    /** @return the JDBC URL of a new, empty database: nothing in it but where it is and how to get in */
    public String newDatabase() {
        String name = "shop_" + DATABASES.incrementAndGet();
        try {
            execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    private String url(String database) {
        return "jdbc:mysql://" + address() + "/" + database + "?sslMode=DISABLED&allowPublicKeyRetrieval=true";
    }

    /** Runs one statement as root, outside all pools. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(""), USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public void kill9() {
        process.kill9();
    }

    public void pause() {
        process.pause();
    }

    public void resume() {
        process.resume();
    }

    /** Starts again on the same data and port, once the process has ended. */
    public void restart() {
        startAndWait();
    }

    /** Keeps a copy of the data, as a backup does, once the process has ended. */
    public void keepCopy() throws IOException {
        // Left behind by a killed server; a socket cannot be copied.
        Files.deleteIfExists(data.resolve("s"));
        FileSystemUtils.deleteRecursively(copy());
        FileSystemUtils.copyRecursively(data, copy());
    }

    /** Puts the copy in the place of the data, once the process has ended. */
    public void restoreCopy() throws IOException {
        FileSystemUtils.deleteRecursively(data);
        FileSystemUtils.copyRecursively(copy(), data);
    }

    private Path copy() {
        return data.resolveSibling(data.getFileName() + "-copy");
    }

    @Override
    public void close() {
        process.close();
        try {
            FileSystemUtils.deleteRecursively(copy());
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
