package kr.hhplus.commerce.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.servers.MySqlServer;

/** One or more instances on one database, and one client that goes from one to the next as a load balancer does. */
public final class Shop implements AutoCloseable {

    private static final String WITHOUT_SAMPLES = "--commerce.sample-data=false";

    private final Path data;
    private final List<Instance> instances;
    private final Client client;
    private final Platform platform;

    private Shop(Path data, Platform platform, List<Instance> instances) {
        this.data = data;
        this.platform = platform;
        this.instances = instances;
        this.client = new Client(instances.stream().map(Instance::base).toArray(URI[]::new));
        instances.forEach(Instance::start);
    }

    private Shop ready() {
        instances.forEach(Instance::awaitReady);
        return this;
    }

    /** An empty shop of one instance, on the embedded database unless the options say otherwise. */
    public static Shop open(Path data, String... options) {
        return new Shop(data, new EventFiles(data), List.of(new Instance(data, withoutSamples(options)))).ready();
    }

    /** The shop as a newcomer meets it: sample products and an open campaign. */
    public static Shop openWithSampleData(Path data, String... options) {
        return new Shop(data, new EventFiles(data), List.of(new Instance(data, List.of(options)))).ready();
    }

    /** An empty shop of one instance on the embedded database, whose wall clock the test sets. */
    public static Shop open(Path data, WallClock clock, String... options) {
        return new Shop(
                        data,
                        new EventFiles(data),
                        List.of(new Instance(data, withoutSamples(options), Optional.of(clock))))
                .ready();
    }

    private static List<String> withoutSamples(String... options) {
        return Stream.concat(Stream.of(options), Stream.of(WITHOUT_SAMPLES)).toList();
    }

    /** An empty shop of several instances on a new database of this server, each with a directory of its own. */
    public static Shop openOn(MySqlServer mySql, int instances, Path data, Platform platform, String... options) {
        return starting(
                        mySql.newDatabase(),
                        Collections.nCopies(instances, Optional.empty()),
                        data,
                        platform,
                        withoutSamples(options))
                .ready();
    }

    /** The same, one instance for each of these wall clocks. */
    public static Shop openOn(MySqlServer mySql, List<WallClock> clocks, Path data, String... options) {
        return starting(
                        mySql.newDatabase(),
                        clocks.stream().map(Optional::of).toList(),
                        data,
                        new EventFiles(data),
                        withoutSamples(options))
                .ready();
    }

    /** Instances on this database of a {@link MySqlServer}'s that are started and not waited for. */
    public static Shop starting(String url, int instances, Path data, Platform platform, String... options) {
        return starting(url, Collections.nCopies(instances, Optional.empty()), data, platform, List.of(options));
    }

    private static Shop starting(
            String url, List<Optional<WallClock>> clocks, Path data, Platform platform, List<String> options) {
        List<Instance> all = new ArrayList<>();
        for (Optional<WallClock> clock : clocks) {
            List<String> more =
                    List.of("--spring.datasource.url=" + url, "--spring.datasource.username=" + MySqlServer.USER);
            all.add(new Instance(
                    data.resolve("instance-" + (all.size() + 1)),
                    Stream.concat(options.stream(), more.stream()).toList(),
                    clock));
        }
        return new Shop(data, platform, all);
    }

    public Client client() {
        return client;
    }

    public Path data() {
        return data;
    }

    public Platform platform() {
        return platform;
    }

    public List<Instance> instances() {
        return instances;
    }

    private Instance only() {
        if (instances.size() > 1) {
            throw new IllegalStateException("which one?");
        }
        return instances.get(0);
    }

    /** Kills the only instance. */
    public void kill9() {
        only().kill9();
    }

    /** Asks the only instance to stop, and returns at once. */
    public void sigterm() {
        only().sigterm();
    }

    /** Waits for the only instance to end by itself. */
    public int exitCode(Duration waitMax) {
        return only().exitCode(waitMax);
    }

    /** Starts the only instance again on the same data, once it has ended. */
    public Shop restart() {
        only().start().awaitReady();
        return this;
    }

    @Override
    public void close() {
        instances.forEach(Instance::close);
    }
}
