package kr.hhplus.commerce.ranking;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Products as they are now, for those that have sold. */
@Repository
class SoldProducts {

    /** A product as the list shows it. */
    record Product(String name, long price, long stock) {}

    private final JdbcTemplate jdbc;

    SoldProducts(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    Map<Long, Product> byId(Collection<Long> ids) {
        Map<Long, Product> products = new HashMap<>();
        if (!ids.isEmpty()) {
            String places = String.join(",", Collections.nCopies(ids.size(), "?"));
            jdbc.query(
                    "SELECT id, name, price, stock FROM product WHERE id IN (" + places + ")",
                    row -> {
                        products.put(
                                row.getLong("id"),
                                new Product(row.getString("name"), row.getLong("price"), row.getLong("stock")));
                    },
                    ids.toArray());
        }
        return products;
    }
}
