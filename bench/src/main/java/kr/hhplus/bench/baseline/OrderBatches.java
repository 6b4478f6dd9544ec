package kr.hhplus.bench.baseline;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** One batch after the other: lock in key order, decide in memory, write a batch of rows per table, commit. */
final class OrderBatches {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private final Connection connection;
    private final BatchLoop.Order order;
    private final PlainIds ids = new PlainIds();
    private final SplittableRandom random = new SplittableRandom(2026);
    private long head;

    private static final class Wallet {
        private long balance;
        private long entries;
    }

    private static final class Product {
        private String name;
        private long price;
        private long stock;
        private long sold;

        private void sell(long pieces) {
            stock -= pieces;
            sold += pieces;
        }
    }

    private record Placed(long id, long user, String items, long total, long balance, long entry) {}

    private record Wish(long user, SortedMap<Long, Long> pieces) {}

    OrderBatches(Connection connection, BatchLoop.Order order) {
        this.connection = connection;
        this.order = order;
    }

    /** @return how many orders it placed */
    int next() throws SQLException {
        List<Wish> wishes = new ArrayList<>();
        TreeSet<Long> users = new TreeSet<>();
        TreeSet<Long> productIds = new TreeSet<>();
        for (int i = 0; i < order.batch(); i++) {
            Wish wish = wish();
            wishes.add(wish);
            users.add(wish.user());
            productIds.addAll(wish.pieces().keySet());
        }
        Map<Long, Wallet> wallets = lockWallets(users);
        Map<Long, Product> products = lockProducts(productIds);
        readSwitch();
        List<Placed> placed = new ArrayList<>();
        wishes.forEach(wish -> decide(wish, wallets, products, placed));
        LocalDateTime now = PlainController.now();
        insertOrders(placed, now);
        insertEntries(placed, now);
        saveWallets(wallets);
        saveProducts(products);
        append(placed, now);
        connection.commit();
        return placed.size();
    }

    private Wish wish() {
        SortedMap<Long, Long> pieces = new TreeMap<>();
        if (order.hotProduct() > 0) {
            pieces.put(order.hotProduct(), 1L);
        } else {
            int lines = 1 + random.nextInt(3);
            for (int i = 0; i < lines; i++) {
                pieces.put(order.firstProduct() + random.nextInt(order.products()), 1L);
            }
        }
        return new Wish(1 + random.nextInt(order.users()), pieces);
    }

    private Map<Long, Wallet> lockWallets(Collection<Long> users) throws SQLException {
        Map<Long, Wallet> wallets = new HashMap<>();
        String sql = "SELECT user_id, balance, entries FROM wallet WHERE user_id IN (" + places(users)
                + ") ORDER BY user_id FOR UPDATE";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = query(select, users)) {
            while (rows.next()) {
                Wallet wallet = new Wallet();
                wallet.balance = rows.getLong(2);
                wallet.entries = rows.getLong(3);
                wallets.put(rows.getLong(1), wallet);
            }
        }
        return wallets;
    }

    private Map<Long, Product> lockProducts(Collection<Long> productIds) throws SQLException {
        Map<Long, Product> products = new HashMap<>();
        String sql = "SELECT * FROM product WHERE id IN (" + places(productIds) + ") ORDER BY id FOR UPDATE";
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = query(select, productIds)) {
            while (rows.next()) {
                Product product = new Product();
                product.name = rows.getString("name");
                product.price = rows.getLong("price");
                product.stock = rows.getLong("stock");
                products.put(rows.getLong("id"), product);
            }
        }
        return products;
    }

    private static String places(Collection<Long> values) {
        return String.join(",", Collections.nCopies(values.size(), "?"));
    }

    private static ResultSet query(PreparedStatement select, Collection<Long> values) throws SQLException {
        int i = 1;
        for (long value : values) {
            select.setLong(i++, value);
        }
        return select.executeQuery();
    }

    private void readSwitch() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT paused, message FROM sale WHERE id = 1")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new IllegalStateException("the sale is paused");
            }
        }
    }

    private void decide(Wish wish, Map<Long, Wallet> wallets, Map<Long, Product> products, List<Placed> placed) {
        Wallet wallet = wallets.get(wish.user());
        long total = 0;
        boolean enough = true;
        StringBuilder items = new StringBuilder("[");
        for (Map.Entry<Long, Long> line : wish.pieces().entrySet()) {
            Product product = products.get(line.getKey());
            long amount = product.price * line.getValue();
            enough &= product.stock >= line.getValue();
            total += amount;
            items.append(items.length() > 1 ? "," : "")
                    .append("{\"productId\":")
                    .append(line.getKey())
                    .append(",\"name\":\"")
                    .append(product.name)
                    .append("\",\"unitPrice\":")
                    .append(product.price)
                    .append(",\"quantity\":")
                    .append(line.getValue())
                    .append(",\"lineAmount\":")
                    .append(amount)
                    .append('}');
        }
        if (!enough || wallet == null || wallet.balance < total) {
            return;
        }
        wish.pieces().forEach((id, pieces) -> products.get(id).sell(pieces));
        wallet.balance -= total;
        wallet.entries++;
        String lines = items.append(']').toString();
        placed.add(new Placed(ids.next(), wish.user(), lines, total, wallet.balance, wallet.entries));
    }

    /** One statement with the values in its text, like the service. */
    private void insert(String into, List<String> rows, String onConflict) throws SQLException {
        try (Statement insert = connection.createStatement()) {
            insert.setEscapeProcessing(false);
            insert.executeUpdate("INSERT INTO " + into + " VALUES " + String.join(",", rows) + onConflict);
        }
    }

    private void insertOrders(List<Placed> placed, LocalDateTime now) throws SQLException {
        String end = "," + time(now) + ")";
        List<String> rows = new ArrayList<>(placed.size());
        for (Placed one : placed) {
            rows.add("(" + one.id() + "," + one.user() + ",'PAID','" + one.items() + "'," + one.total() + ",0,"
                    + one.total() + ",NULL" + end);
        }
        insert(
                "orders (id, user_id, status, items, total_amount, discount_amount, paid_amount, coupon_id, ordered_at)",
                rows,
                "");
    }

    private void insertEntries(List<Placed> placed, LocalDateTime now) throws SQLException {
        String end = "," + time(now) + ")";
        List<String> rows = new ArrayList<>(placed.size());
        for (Placed one : placed) {
            rows.add("(" + one.user() + "," + one.entry() + "," + ids.next() + ",'PAYMENT'," + -one.total() + ","
                    + one.balance() + "," + one.id() + end);
        }
        insert("ledger_entry (user_id, entry_no, id, type, amount, balance_after, order_id, created_at)", rows, "");
    }

    private void saveWallets(Map<Long, Wallet> wallets) throws SQLException {
        List<String> rows = new ArrayList<>(wallets.size());
        wallets.forEach((user, wallet) -> rows.add("(" + user + "," + wallet.balance + "," + wallet.entries + ")"));
        insert(
                "wallet (user_id, balance, entries)",
                rows,
                " ON DUPLICATE KEY UPDATE balance = VALUES(balance), entries = VALUES(entries)");
    }

    private static String time(LocalDateTime now) {
        return "TIMESTAMP '" + TIME.format(now) + "'";
    }

    private void saveProducts(Map<Long, Product> products) throws SQLException {
        Map<Long, List<Long>> sold = new TreeMap<>();
        products.forEach((id, product) -> {
            if (product.sold > 0) {
                sold.computeIfAbsent(product.sold, none -> new ArrayList<>()).add(id);
            }
        });
        for (Map.Entry<Long, List<Long>> pieces : sold.entrySet()) {
            String places =
                    String.join(",", Collections.nCopies(pieces.getValue().size(), "?"));
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE product SET stock = stock - ? WHERE id IN (" + places + ")")) {
                update.setLong(1, pieces.getKey());
                for (int i = 0; i < pieces.getValue().size(); i++) {
                    update.setLong(i + 2, pieces.getValue().get(i));
                }
                update.executeUpdate();
            }
        }
    }

    private void append(List<Placed> placed, LocalDateTime now) throws SQLException {
        long position = takePositions(placed.size());
        String instant = now.toInstant(ZoneOffset.UTC).toString();
        String time = time(now);
        List<String> rows = new ArrayList<>(placed.size());
        for (Placed one : placed) {
            rows.add("(" + position + ",'OrderPaid'," + one.user() + "," + one.id() + "," + time + ",'"
                    + event(one, position, instant) + "')");
            position++;
        }
        insert("order_event (position, type, user_id, order_id, occurred_at, body)", rows, "");
    }

    /** The first position, from the head after the last batch if it is unchanged. */
    private long takePositions(int count) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            if (sql.executeUpdate("UPDATE feed_head SET position = " + (head + count) + " WHERE id = 1 AND position = "
                            + head)
                    == 0) {
                sql.executeUpdate("UPDATE feed_head SET position = position + " + count + " WHERE id = 1");
                try (ResultSet row = sql.executeQuery("SELECT position FROM feed_head WHERE id = 1")) {
                    row.next();
                    head = row.getLong(1) - count;
                }
            }
        }
        head += count;
        return head - count + 1;
    }

    private static String event(Placed one, long position, String time) {
        String id = PlainIds.text(one.id());
        return "{\"specversion\":\"1.0\",\"id\":\"" + PlainIds.text(position)
                + "\",\"source\":\"/hhplus-ecommerce/orders\",\"type\":\"OrderPaid\",\"subject\":\"" + id
                + "\",\"time\":\"" + time + "\",\"datacontenttype\":\"application/json\",\"data\":{\"orderId\":\"" + id
                + "\",\"userId\":" + one.user() + ",\"status\":\"PAID\",\"items\":" + one.items()
                + ",\"totalAmount\":" + one.total() + ",\"discountAmount\":0,\"paidAmount\":" + one.total()
                + ",\"currency\":\"KRW\",\"orderedAt\":\"" + time + "\"}}";
    }
}
