package kr.hhplus.commerce.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.hhplus.commerce.architecture.Sources.Source;
import org.junit.jupiter.api.Test;

/** How much there is to read between {@code POST /orders} and its SQL; in code lines: no imports, comments, blanks. */
class OrderPathTests {

    private static final int ORDER_PATH_TYPES_MAX = 12;
    private static final int ORDER_PATH_LINES_MAX = 800;

    /** As measured. Each file more is one more to read for whoever wants to know how an order is placed. */
    private static final int WHOLE_ORDER_PATH_TYPES_MAX = 29;

    private static final int WHOLE_ORDER_PATH_LINES_MAX = 1599;
    private static final int TYPES_OF_ONE_FACE_MAX = 4;

    /** What {@code POST /orders} passes in the order module, controller to SQL. */
    private static final List<String> ORDER_PATH = List.of(
            "order/OrderController.java",
            "order/OrderRequest.java",
            "order/OrderCommand.java",
            "order/SoldOutProducts.java",
            "order/Ordering.java",
            "order/OrderRules.java",
            "order/OrderBatch.java",
            "order/Order.java",
            "order/OrderRefusal.java",
            "order/OrderTables.java",
            "order/Orders.java",
            "order/OrderEvents.java");

    /**
     * What it passes of other modules, without groupcommit and shared. Each module's rows and books are a face of their
     * own, which other journeys share; that is why the whole way is longer than the way through the order module.
     */
    private static final List<String> BEYOND_ORDER_PATH = List.of(
            "wallet/Wallets.java",
            "wallet/WalletBook.java",
            "wallet/LedgerEntry.java",
            "catalog/Products.java",
            "catalog/Shelf.java",
            "catalog/Product.java",
            "catalog/ProductRefusal.java",
            "coupon/Coupons.java",
            "coupon/CouponBook.java",
            "coupon/Coupon.java",
            "campaign/Campaigns.java",
            "campaign/Discount.java",
            "hints/Signs.java",
            "sale/SaleSwitch.java",
            "sale/SalePaused.java",
            "feed/Outbox.java",
            "feed/NewEvent.java");

    private final List<Source> main = Sources.under(Sources.MAIN);

    @Test
    void placingAnOrderIsAShortWay() {
        assertThat(ORDER_PATH).hasSizeBetween(1, ORDER_PATH_TYPES_MAX);
        assertThat(codeLines(ORDER_PATH)).as("code lines from HTTP to SQL").isLessThanOrEqualTo(ORDER_PATH_LINES_MAX);
    }

    @Test
    void placingAnOrderPassesFewTypesOfEachOtherModule() {
        BEYOND_ORDER_PATH.stream()
                .collect(Collectors.groupingBy(file -> file.substring(0, file.indexOf('/')), Collectors.counting()))
                .forEach((module, types) -> assertThat(types).as(module).isLessThanOrEqualTo(TYPES_OF_ONE_FACE_MAX));
        List<String> whole =
                Stream.concat(ORDER_PATH.stream(), BEYOND_ORDER_PATH.stream()).toList();
        assertThat(whole).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(WHOLE_ORDER_PATH_TYPES_MAX);
        assertThat(codeLines(whole))
                .as("code lines of every module on the way")
                .isLessThanOrEqualTo(WHOLE_ORDER_PATH_LINES_MAX);
    }

    private int codeLines(List<String> files) {
        return files.stream()
                .map(file -> main.stream()
                        .filter(source -> source.path().endsWith(file))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(file + " of the order path is gone")))
                .flatMap(source -> source.tree().getTypeDecls().stream()
                        .filter(ClassTree.class::isInstance)
                        .map(source::codeLines))
                .mapToInt(Integer::intValue)
                .sum();
    }
}
