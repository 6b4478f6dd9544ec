package kr.hhplus.bench.servers;

/** Where databases come from. A benchmark runs on one kind of them. */
public interface Databases extends AutoCloseable {

    /** A new, empty one. */
    Database create(String name);

    /** The same contents again. Nobody may be using the original. */
    Database copy(Database original, String name);

    void drop(Database database);

    /** The process whose CPU time is the database's; 0 where it is inside the server's own. */
    long pid();

    /** What to write above the numbers. */
    String description();

    @Override
    void close();
}
