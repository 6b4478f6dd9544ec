package kr.hhplus.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The options of the command line; {@code bench/run --help} explains them. */
public record Options(Map<String, String> given) {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("scenarios", "hot,spread,rush,charge,reads,sale,overload,flood,guarded,limits"),
            Map.entry("contenders", "all"),
            Map.entry("seconds", "15"),
            Map.entry("warm-up", "60"),
            Map.entry("repetitions", "5"),
            Map.entry("connections", "256"),
            Map.entry("read-connections", "64"),
            Map.entry("open-connections", "8000"),
            Map.entry("pages", "1000"),
            Map.entry("database", "mysql"),
            Map.entry("binlog", "off"),
            Map.entry("buffer-pool", "2G"),
            Map.entry("users", "100000"),
            Map.entry("products", "1000"),
            Map.entry("coupons", "10000"),
            Map.entry("growth", "0,1000000,10000000"),
            Map.entry("batches", "1,4,16,64,256"),
            Map.entry("driver-threads", "1"),
            // Like the image.
            Map.entry("java-options", "-XX:+UseParallelGC"),
            Map.entry("service-options", ""),
            Map.entry("other-jar", ""),
            Map.entry("other-options", ""),
            Map.entry("loads", "hot,spread"),
            Map.entry("mysql-options", "--innodb-log-writer-threads=OFF --innodb-purge-threads=1"),
            Map.entry("jar", "target/hhplus-ecommerce.jar"),
            Map.entry("mysql-home", "target/servers/mysql"),
            Map.entry("out", "bench/results/now"),
            Map.entry("work", "bench/target/work"));

    /** Parses {@code --name value} pairs. */
    public static Options of(String... arguments) {
        Map<String, String> given = new HashMap<>(DEFAULTS);
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException("options come as --name value");
        }
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (!DEFAULTS.containsKey(name)) {
                throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
            given.put(name, arguments[i + 1]);
        }
        return new Options(Map.copyOf(given));
    }

    public String text(String name) {
        return given.get(name);
    }

    public int number(String name) {
        return Integer.parseInt(given.get(name));
    }

    public Duration seconds(String name) {
        return Duration.ofSeconds(number(name));
    }

    public Path path(String name) {
        return Path.of(given.get(name));
    }

    public List<String> list(String name) {
        return Arrays.stream(given.get(name).split("[, ]+"))
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** Splits at spaces only, because options of a program contain commas. */
    public List<String> words(String name) {
        return Arrays.stream(given.get(name).split(" +"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    public List<Integer> numbers(String name) {
        return list(name).stream().map(Integer::valueOf).toList();
    }
}
