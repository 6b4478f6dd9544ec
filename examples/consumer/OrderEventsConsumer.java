import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the order events, drops repeats by event id and adds up what was paid and what was given back.
 *
 * <pre>java -cp 'lib/*' OrderEventsConsumer.java localhost:9092 commerce.orders.v1</pre>
 *
 * A real one writes to a table: the event id is its unique key, the insert ignores what is there, and offsets are
 * committed after the insert. The set of the last ids here stands for that table.
 */
public class OrderEventsConsumer {

    private static final int IDS_REMEMBERED = 1_000_000;
    private static final Pattern PAID_AMOUNT = Pattern.compile("\"paidAmount\":(\\d+)");
    private static final Pattern REFUNDED_AMOUNT = Pattern.compile("\"refund\":\\{.*?],\"amount\":(\\d+)");

    public static void main(String[] args) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", args.length > 0 ? args[0] : "localhost:9092");
        settings.put("group.id", args.length > 2 ? args[2] : "orders-example");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        String topic = args.length > 1 ? args[1] : "commerce.orders.v1";
        Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > IDS_REMEMBERED;
            }
        });
        long events = 0;
        long repeats = 0;
        long won = 0;
        StringDeserializer text = new StringDeserializer();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
            consumer.subscribe(List.of(topic));
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    if (!seen.add(header(record, "ce_id"))) {
                        repeats++;
                        continue;
                    }
                    events++;
                    won += switch (header(record, "ce_type")) {
                        case "OrderPaid" -> amount(PAID_AMOUNT, record);
                        case "OrderRefunded" -> -amount(REFUNDED_AMOUNT, record);
                        case "OrderCancelled" -> -amount(PAID_AMOUNT, record);
                        default -> 0;
                    };
                    System.out.printf(
                            "%s %s user %s: %d events, %d repeats dropped, %d won%n",
                            header(record, "ce_id"), header(record, "ce_type"), record.key(), events, repeats, won);
                }
                consumer.commitSync();
            }
        }
    }

    private static long amount(Pattern pattern, ConsumerRecord<String, String> record) {
        Matcher amount = pattern.matcher(record.value());
        return amount.find() ? Long.parseLong(amount.group(1)) : 0;
    }

    private static String header(ConsumerRecord<String, String> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
