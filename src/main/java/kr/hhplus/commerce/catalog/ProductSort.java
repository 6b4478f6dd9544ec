package kr.hhplus.commerce.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.Won;

/** The sort orders of product lists. Among equal products, the newer comes first. */
public enum ProductSort {
    NEWEST("newest", product -> "", Comparator.comparing(key -> "")),
    PRICE("price", product -> String.valueOf(product.price().amount()), numerically()),
    PRICE_DOWN(
            "-price",
            product -> String.valueOf(product.price().amount()),
            numerically().reversed()),
    NAME("name", ListedProduct::name, Comparator.naturalOrder()),
    NAME_DOWN("-name", ListedProduct::name, Comparator.reverseOrder()),
    STOCK("stock", product -> String.valueOf(product.stock()), numerically()),
    STOCK_DOWN(
            "-stock", product -> String.valueOf(product.stock()), numerically().reversed());

    private final String text;
    private final Function<ListedProduct, String> key;
    private final Comparator<String> keys;

    ProductSort(String text, Function<ListedProduct, String> key, Comparator<String> keys) {
        this.text = text;
        this.key = key;
        this.keys = keys;
    }

    private static Comparator<String> numerically() {
        return Comparator.comparingLong(Long::parseLong);
    }

    public static Optional<ProductSort> parse(String text) {
        return Stream.of(values()).filter(sort -> sort.text.equals(text)).findFirst();
    }

    Comparator<ListedProduct> comparator() {
        return Comparator.comparing(this::place);
    }

    /** Returns the place of a product in this order. It stays valid if the product moves or is deleted. */
    Place place(ListedProduct product) {
        return new Place(key.apply(product), product.productId(), keys);
    }

    /** A product's sort key and id; as text, the position at which the next page starts. */
    public record Place(String key, long productId, Comparator<String> keys) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byKey = keys.compare(key, other.key);
            return byKey != 0 ? byKey : Long.compare(other.productId, productId);
        }

        String toPosition() {
            byte[] text = (productId + " " + key).getBytes(StandardCharsets.UTF_8);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
        }
    }

    /** Parses a position. Empty if no list in this order can have such a position. */
    Optional<Place> parsePlace(String position) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(position);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            int space = text.indexOf(' ');
            if (space < 0) {
                return Optional.empty();
            }
            long productId = Long.parseLong(text.substring(0, space));
            String placeKey = text.substring(space + 1);
            if (this == NEWEST ? !placeKey.isEmpty() : this != NAME && this != NAME_DOWN && !isAmount(placeKey)) {
                return Optional.empty();
            }
            return Optional.of(new Place(placeKey, productId, keys));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isAmount(String text) {
        return Won.of(Long.parseLong(text)).compareTo(Won.ZERO) >= 0;
    }
}
