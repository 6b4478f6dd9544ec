package kr.hhplus.bench.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** MySQL as a separate process on loopback, with durable commits and a temporary data directory. */
public final class MySql implements Databases {

    private static final String OPTIONS = "?sslMode=DISABLED&allowPublicKeyRetrieval=true";

    /**
     * @param home where {@code bin/mysqld} is
     * @param work where the data goes
     * @param binaryLog with {@code sync_binlog=1}, or none
     * @param bufferPool the value of {@code innodb_buffer_pool_size}
     * @param more further options of {@code mysqld}
     */
    public record Settings(Path home, Path work, boolean binaryLog, String bufferPool, List<String> more) {}

    private final Settings settings;
    private final Path data;
    private final int port = Child.freePort();
    private final Child process;

    public MySql(Settings settings) {
        this.settings = settings;
        this.data = settings.work()
                .resolve("mysql-" + ProcessHandle.current().pid())
                .toAbsolutePath();
        Folders.delete(data);
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        initialise();
        process = new Child(settings.work().resolve("mysqld.log"), command());
        awaitStart();
    }

    private List<String> mysqld() {
        return List.of(
                settings.home().resolve("bin/mysqld").toAbsolutePath().toString(),
                "--no-defaults",
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + settings.home().toAbsolutePath(),
                "--datadir=" + data,
                "--secure-file-priv=NULL");
    }

    private void initialise() {
        List<String> command = new ArrayList<>(mysqld());
        command.add("--initialize-insecure");
        try (Child initialising = new Child(settings.work().resolve("mysqld-initialise.log"), command)) {
            if (initialising.await() != 0) {
                throw new IllegalStateException("mysqld --initialize failed, see " + initialising.log());
            }
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(mysqld());
        command.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--mysqlx=OFF",
                "--socket=" + data.resolve("s"),
                "--pid-file=" + data.resolve("pid"),
                "--performance-schema=OFF",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-buffer-pool-size=" + settings.bufferPool(),
                "--innodb-redo-log-capacity=1G",
                "--max-connections=400"));
        command.addAll(
                settings.binaryLog()
                        ? List.of("--log-bin=binlog", "--server-id=1", "--sync-binlog=1", "--max-binlog-size=256M")
                        : List.of("--skip-log-bin"));
        command.addAll(settings.more());
        return command;
    }

    private void awaitStart() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (true) {
            try {
                execute("", "SELECT 1");
                return;
            } catch (IllegalStateException e) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    throw new IllegalStateException("MySQL does not start, see " + process.log(), e);
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private String url(String name) {
        return "jdbc:mysql://127.0.0.1:" + port + "/" + name + OPTIONS;
    }

    private void execute(String name, String sql) {
        try (Connection connection = DriverManager.getConnection(url(name), "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static String nameOf(Database database) {
        return database.url().replaceAll(".*/([a-z0-9_]+)\\?.*", "$1");
    }

    @Override
    public Database create(String name) {
        execute("", "DROP DATABASE IF EXISTS " + name);
        execute("", "CREATE DATABASE " + name);
        Path folder = settings.work().resolve(name).toAbsolutePath();
        Folders.delete(folder);
        return new Database(url(name), "root", "", folder.toString());
    }

    @Override
    public Database copy(Database original, String name) {
        Database copy = create(name);
        String from = nameOf(original);
        for (String table : tables(original)) {
            execute(name, "CREATE TABLE " + table + " LIKE " + from + "." + table);
            execute(name, "INSERT INTO " + table + " SELECT * FROM " + from + "." + table);
        }
        return copy;
    }

    private static List<String> tables(Database database) {
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW TABLES")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    @Override
    public void drop(Database database) {
        execute("", "DROP DATABASE " + nameOf(database));
        if (settings.binaryLog()) {
            execute("", "RESET MASTER");
        }
        Folders.delete(Path.of(database.folder()));
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public String description() {
        return "MySQL 8.0, innodb_flush_log_at_trx_commit=1, "
                + (settings.binaryLog() ? "binary log with sync_binlog=1" : "no binary log")
                + ", innodb_buffer_pool_size=" + settings.bufferPool()
                + settings.more().stream()
                        .map(option -> ", " + option.replaceFirst("^--", ""))
                        .collect(Collectors.joining());
    }

    @Override
    public void close() {
        process.close();
        Folders.delete(data);
    }
}
