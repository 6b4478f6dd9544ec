package kr.hhplus.bench.servers;

/** Creates databases of one kind. */
public interface Databases extends AutoCloseable {

    /** A new, empty database. */
    Database create(String name);

    /** A copy of a database that is not in use. */
    Database copy(Database original, String name);

    void drop(Database database);

    /** The database's process; 0 if the database runs inside the server's process. */
    long pid();

    /** The description for the report. */
    String description();

    @Override
    void close();
}
