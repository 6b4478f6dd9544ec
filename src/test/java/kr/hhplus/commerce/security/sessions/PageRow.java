package kr.hhplus.commerce.security.sessions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A line of {@code pages/visitors.txt}: a page, and how it is asked for; {@code <order>} is whoever's is meant. */
record PageRow(String key, Need need, String target, String form, Set<Integer> answers) {

    /** In the place of a status: an answer that does not end. */
    private static final String STREAM = "a stream";

    private static final AtomicInteger FRESH = new AtomicInteger();

    /** What a page wants of its visitor. */
    enum Need {
        NOTHING,
        USER,
        ADMIN
    }

    /** Somebody with an order, a coupon, a top-up and a reservation. */
    record Person(String name, String order, String coupon, String topUp, String reservation) {

        Person withCouponOf(Person owner) {
            return new Person(name, order, owner.coupon, topUp, reservation);
        }
    }

    record Filled(String target, String... form) {

        @Override
        public String toString() {
            return target + " " + String.join("&", form);
        }
    }

    static Map<String, PageRow> all() {
        try (InputStream text = PageRow.class.getResourceAsStream("/pages/visitors.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(PageRow::of)
                    .collect(Collectors.toMap(PageRow::key, row -> row, (a, b) -> a, LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PageRow of(String line) {
        String[] parts = line.split("\\|", 5);
        Set<Integer> answers = Stream.of(parts[4].strip().split(","))
                .filter(status -> !status.equals(STREAM))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
        return new PageRow(
                parts[0].strip(), Need.valueOf(parts[1].strip()), parts[2].strip(), parts[3].strip(), answers);
    }

    boolean isForm() {
        return key.startsWith("POST ");
    }

    boolean names(String thing) {
        return (target + form).contains("<" + thing + ">");
    }

    Filled of(Person person) {
        String[] fields = form.isEmpty() ? new String[0] : form.split("&");
        return new Filled(
                fill(target, person),
                Stream.of(fields)
                        .flatMap(field -> Stream.of(fill(field, person).split("=", 2)))
                        .toArray(String[]::new));
    }

    private static String fill(String text, Person person) {
        return text.replace("<order>", person.order())
                .replace("<coupon>", person.coupon())
                .replace("<top-up>", person.topUp())
                .replace("<reservation>", person.reservation())
                .replace("<name>", person.name())
                .replace("<fresh>", text.contains("<fresh>") ? "fresh" + FRESH.incrementAndGet() : "");
    }
}
