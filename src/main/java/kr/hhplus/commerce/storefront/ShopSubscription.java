package kr.hhplus.commerce.storefront;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.InvalidRequest.Violation;
import kr.hhplus.commerce.kernel.RefusedException;

/** The products and campaigns that a page shows, in ascending order. */
record ShopSubscription(List<Long> products, List<Long> campaigns) {

    static final int PRODUCTS_MAX = 100;
    static final int CAMPAIGNS_MAX = 20;

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,15}");
    private static final long ID_MAX = (1L << 53) - 1;

    /**
     * Parses two lists of ids, separated by commas.
     *
     * @throws RefusedException INVALID_REQUEST if a list cannot be parsed or is too long
     */
    static ShopSubscription parse(String products, String campaigns) {
        List<Violation> violations = new ArrayList<>();
        ShopSubscription subscription = new ShopSubscription(
                ids("/products", products, PRODUCTS_MAX, violations),
                ids("/campaigns", campaigns, CAMPAIGNS_MAX, violations));
        if (!violations.isEmpty()) {
            throw new RefusedException(new InvalidRequest(violations));
        }
        return subscription;
    }

    private static List<Long> ids(String pointer, String text, int max, List<Violation> violations) {
        if (text.isEmpty()) {
            return List.of();
        }
        TreeSet<Long> ids = new TreeSet<>();
        for (String id : text.split(",", -1)) {
            if (!ID.matcher(id).matches()
                    || Long.parseLong(id) > ID_MAX
                    || ids.size() == max && !ids.contains(Long.parseLong(id))) {
                violations.add(new Violation(pointer, "ids", List.of(max)));
                return List.of();
            }
            ids.add(Long.parseLong(id));
        }
        return List.copyOf(ids);
    }
}
