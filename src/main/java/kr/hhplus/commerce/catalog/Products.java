package kr.hhplus.commerce.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import kr.hhplus.commerce.groupcommit.RowKey;
import kr.hhplus.commerce.groupcommit.RowTable;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.Utc;
import kr.hhplus.commerce.kernel.ids.Ids;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Stores products and their stock. Orders lock and save them in the transaction of their batch. */
@Repository
public class Products {

    private static final RowTable TABLE = new RowTable("product", 40, "id");

    enum MovementType {
        /** An operator's change, the opening stock included. */
        ADJUSTMENT,
        /** Refunded pieces that cannot be sold again. */
        WRITE_OFF
    }

    private final JdbcClient sql;
    private final Ids ids;

    Products(JdbcClient sql, Ids ids) {
        this.sql = sql;
        this.ids = ids;
    }

    /** The row that {@link #lock} locks for a product. */
    public static RowKey rowOf(long productId) {
        return TABLE.row(productId);
    }

    /** Locks the products in ascending order until the transaction ends. */
    public BatchStock lock(Collection<Long> productIds) {
        return read(productIds, " ORDER BY id FOR UPDATE");
    }

    /** Reads the current products without locks, for a quote. */
    public BatchStock readWithoutLock(Collection<Long> productIds) {
        return read(productIds, "");
    }

    private BatchStock read(Collection<Long> productIds, String lockClause) {
        List<Product> products = new ArrayList<>();
        Map<Long, PurchaseCounting> counting = new HashMap<>();
        Map<Long, Long> held = new HashMap<>();
        if (!productIds.isEmpty()) {
            sql.sql("SELECT * FROM product" + RowTable.BY_KEY + " WHERE id IN (:ids)" + lockClause)
                    .param("ids", new TreeSet<>(productIds))
                    .query(row -> {
                        Product product = product(row, 0);
                        products.add(product);
                        counting.put(product.productId(), PurchaseCounting.valueOf(row.getString("purchase_counting")));
                        held.put(product.productId(), row.getLong("held"));
                    });
        }
        return new BatchStock(products, counting, held);
    }

    /**
     * Writes the changed stock and the write-offs in the transaction that locked the products. Products with equal
     * changes share a statement.
     */
    public void save(BatchStock stock) {
        stock.productsByChange().forEach((change, productIds) -> {
            JdbcClient.StatementSpec update = change.held() == 0
                    ? sql.sql("UPDATE product SET stock = stock + :delta WHERE id IN (:ids)")
                    : sql.sql("UPDATE product SET stock = stock + :delta, held = held + :held WHERE id IN (:ids)")
                            .param("held", change.held());
            update.param("delta", change.stock()).param("ids", productIds).update();
        });
        for (BatchStock.WriteOff writeOff : stock.writeOffs()) {
            insertMovement(
                    writeOff.productId(),
                    MovementType.WRITE_OFF,
                    -writeOff.quantity(),
                    writeOff.reason(),
                    writeOff.at());
        }
    }

    /** Finds the current product, which includes every acknowledged order. */
    public Optional<Product> find(long productId) {
        return sql.sql("SELECT * FROM product WHERE id = ?")
                .param(productId)
                .query(Products::product)
                .optional();
    }

    /** Finds the current products, in no order. Products that do not exist are left out. */
    public List<Product> findAll(Collection<Long> productIds) {
        if (productIds.isEmpty()) {
            return List.of();
        }
        return sql.sql("SELECT * FROM product WHERE id IN (:ids)")
                .param("ids", productIds)
                .query(Products::product)
                .list();
    }

    List<ListedProduct> list() {
        return sql.sql("SELECT id, name, price, stock FROM product ORDER BY id DESC")
                .query((row, number) -> new ListedProduct(
                        row.getLong("id"),
                        row.getString("name"),
                        Won.of(row.getLong("price")),
                        Won.CURRENCY,
                        row.getLong("stock")))
                .list();
    }

    Product insert(ProductDetails details, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        String insert = """
                INSERT INTO product (name, description, price, stock, purchase_limit, sale_starts_at, sale_ends_at,
                                     created_at, purchase_counting, reservable)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        sql.sql(insert)
                .param(details.name())
                .param(details.description())
                .param(details.price())
                .param(details.stock())
                .param(details.purchaseLimit())
                .param(Utc.toColumn(details.saleStartsAt()))
                .param(Utc.toColumn(details.saleEndsAt()))
                .param(Utc.toColumn(now))
                // A new product has no earlier orders to count.
                .param((details.purchaseLimit() == null ? PurchaseCounting.NONE : PurchaseCounting.COUNTED).name())
                .param(details.isReservable())
                .update(key, "id");
        return details.toProduct(Objects.requireNonNull(key.getKey()).longValue());
    }

    void update(Product product) {
        String update = """
                UPDATE product SET name = ?, description = ?, price = ?, purchase_limit = ?, sale_starts_at = ?,
                                   sale_ends_at = ?, reservable = ?
                WHERE id = ?""";
        sql.sql(update)
                .param(product.name())
                .param(product.description())
                .param(product.price().amount())
                .param(product.purchaseLimit())
                .param(Utc.toColumn(product.saleStartsAt()))
                .param(Utc.toColumn(product.saleEndsAt()))
                .param(product.reservable())
                .param(product.productId())
                .update();
    }

    void setPurchaseCounting(long productId, PurchaseCounting counting) {
        sql.sql("UPDATE product SET purchase_counting = ? WHERE id = ?")
                .params(counting.name(), productId)
                .update();
    }

    /**
     * Returns whether the stock equals the sum of its movements, so no user has bought or holds a piece. For a locked
     * product.
     */
    boolean hasNoPurchases(Product product) {
        return sql.sql("SELECT COALESCE(SUM(delta), 0) FROM stock_movement WHERE product_id = ?")
                        .param(product.productId())
                        .query(Long.class)
                        .single()
                == product.stock();
    }

    /**
     * Records what was put into or taken out of stock other than by orders.
     *
     * @return the id of the movement
     */
    long insertMovement(long productId, MovementType type, long delta, String reason, Instant now) {
        long id = ids.next();
        sql.sql("INSERT INTO stock_movement (id, product_id, type, delta, reason, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)")
                .params(id, productId, type.name(), delta, reason, Utc.toColumn(now))
                .update();
        return id;
    }

    /** Returns whether the movement is committed. Waits for a transaction that is still writing it. */
    boolean isMovementCommitted(long id) {
        return sql.sql("SELECT id FROM stock_movement WHERE id = ? FOR UPDATE")
                .param(id)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        return new Product(
                row.getLong("id"),
                row.getString("name"),
                Won.of(row.getLong("price")),
                Won.CURRENCY,
                row.getLong("stock"),
                row.getString("description"),
                row.getObject("purchase_limit", Long.class),
                Utc.fromColumn(row.getObject("sale_starts_at", LocalDateTime.class)),
                Utc.fromColumn(row.getObject("sale_ends_at", LocalDateTime.class)),
                row.getBoolean("reservable"));
    }
}
