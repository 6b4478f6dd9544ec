package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.order.OrderRequest;
import kr.hhplus.commerce.pages.PageCookies;
import org.springframework.web.util.WebUtils;

/**
 * A cart, stored in a cookie as {@code 12x2-40x1}: two of product 12 and one of product 40. A cart reserves nothing. A
 * line that cannot be parsed is ignored.
 */
record Cart(SortedMap<Long, Long> pieces) {

    static final String COOKIE = "cart";

    private static final Pattern LINE = Pattern.compile("([1-9]\\d{0,15})x([1-9]\\d{0,4})");

    Cart {
        pieces = Collections.unmodifiableSortedMap(new TreeMap<>(pieces));
    }

    static Cart of(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return parse(cookie == null ? "" : cookie.getValue());
    }

    static Cart parse(String text) {
        SortedMap<Long, Long> pieces = new TreeMap<>();
        for (String line : text.split("-", OrderRequest.LINES_MAX + 1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                long product = Long.parseLong(matcher.group(1));
                long quantity = Long.parseLong(matcher.group(2));
                if (product <= Id.MAX && quantity <= OrderRequest.QUANTITY_MAX) {
                    pieces.put(product, quantity);
                }
            }
        }
        return new Cart(pieces);
    }

    /**
     * Adds pieces of a product.
     *
     * @throws RefusedException INVALID_REQUEST if the cart would exceed its limits
     */
    Cart plus(long productId, long quantity, int linesMax) {
        return with(productId, pieces.getOrDefault(productId, 0L) + quantity, linesMax);
    }

    /**
     * Sets the pieces of a product; 0 removes it.
     *
     * @throws RefusedException INVALID_REQUEST if the cart would exceed its limits
     */
    Cart with(long productId, long quantity, int linesMax) {
        SortedMap<Long, Long> changed = new TreeMap<>(pieces);
        if (quantity == 0) {
            changed.remove(productId);
            return new Cart(changed);
        }
        if (quantity < 0 || quantity > OrderRequest.QUANTITY_MAX) {
            throw new RefusedException(InvalidRequest.at("/quantity", "range", 1, OrderRequest.QUANTITY_MAX));
        }
        changed.put(productId, quantity);
        if (changed.size() > linesMax) {
            throw new RefusedException(InvalidRequest.at("/items", "cartFull", linesMax));
        }
        return new Cart(changed);
    }

    /** Removes the products of an order. */
    Cart without(Cart bought) {
        SortedMap<Long, Long> rest = new TreeMap<>(pieces);
        bought.pieces().forEach(rest::remove);
        return new Cart(rest);
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    Cookie toCookie(HttpServletRequest request) {
        Cookie cookie = PageCookies.of(request, COOKIE, text());
        if (isEmpty()) {
            cookie.setMaxAge(0);
        }
        return cookie;
    }

    String text() {
        return pieces.entrySet().stream().map(Cart::text).collect(Collectors.joining("-"));
    }

    private static String text(Map.Entry<Long, Long> line) {
        return line.getKey() + "x" + line.getValue();
    }
}
