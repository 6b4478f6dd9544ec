package kr.hhplus.bench.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java server under measurement: the service from its jar, or the baseline from this project's classes. */
public final class HttpServer implements AutoCloseable {

    private final String name;
    private final int port = Child.freePort();
    private final Child process;
    private final Http http = new Http(port);

    /**
     * @param java options of the JVM and the main class or jar
     * @param arguments the arguments that do not depend on the port
     */
    private HttpServer(String name, Path log, List<String> java, List<String> arguments, String probe) {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(java);
        command.add("--server.port=" + port);
        command.add("--server.address=127.0.0.1");
        command.addAll(arguments);
        process = new Child(log, command);
        awaitStart(probe);
    }

    /** The service with its default settings, on an empty or a prepared database. */
    public static HttpServer service(Path jar, List<String> javaOptions, Database database, Path log) {
        return service(jar, javaOptions, database, log, List.of());
    }

    /** The service with credentials and further {@code settings}. */
    public static HttpServer service(
            Path jar,
            List<String> javaOptions,
            Database database,
            Path log,
            Credentials credentials,
            List<String> settings) {
        List<String> all = new ArrayList<>(credentials.settings());
        all.addAll(settings);
        HttpServer server = service(jar, javaOptions, database, log, all);
        server.http.show(credentials.token(1, "[\"ADMIN\"]"));
        return server;
    }

    private static HttpServer service(
            Path jar, List<String> javaOptions, Database database, Path log, List<String> settings) {
        List<String> java = new ArrayList<>(javaOptions);
        java.addAll(List.of("-jar", jar.toString()));
        List<String> arguments =
                new ArrayList<>(List.of("--commerce.sample-data=false", "--commerce.data-dir=" + database.folder()));
        if (database.url().startsWith("jdbc:mysql:")) {
            arguments.add("--spring.datasource.url=" + database.url());
            arguments.add("--spring.datasource.username=" + database.user());
            arguments.add("--spring.datasource.password=" + database.password());
            // As in the profile "cluster": a busy machine may need more than one attempt.
            arguments.add("--spring.datasource.hikari.initialization-fail-timeout=60000");
            arguments.add("--spring.flyway.connect-retries=30");
        }
        arguments.addAll(settings);
        return new HttpServer("service", log, java, arguments, "/actuator/health/readiness");
    }

    /** The baseline and the prebuilt responses in a separate server on the same tables. */
    public static HttpServer baseline(List<String> javaOptions, Database database, Path log) {
        List<String> java = new ArrayList<>(javaOptions);
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), "kr.hhplus.bench.baseline.BaselineServer"));
        return new HttpServer(
                "baseline",
                log,
                java,
                List.of(
                        "--spring.datasource.url=" + database.tunedUrl(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password()),
                "/prebuilt/ok");
    }

    private void awaitStart(String probe) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (true) {
            try {
                http.text(probe);
                return;
            } catch (IllegalStateException e) {
                if (!process.isAlive() || System.nanoTime() > until) {
                    close();
                    throw new IllegalStateException("the " + name + " does not start, see " + process.log(), e);
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

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public Http http() {
        return http;
    }

    @Override
    public void close() {
        process.close();
    }
}
