package kr.hhplus.commerce.groupcommit;

import java.util.List;
import java.util.stream.Collectors;

/** A row, named by its table and primary key; it need not exist. */
public record RowKey(RowTable table, List<Object> key) {

    @Override
    public String toString() {
        return table.name() + key.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
    }
}
