package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import kr.hhplus.commerce.order.OrderRequest.Line;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Caller.Role;
import kr.hhplus.commerce.shared.http.Id;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The fast path decides with {@code isPlain} what Spring MVC decides with the constraints: both say the same. */
class PlainOrdersTests {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static Arbitrary<Long> around(long... bounds) {
        return Arbitraries.of(LongStream.of(bounds)
                        .flatMap(bound -> LongStream.of(bound - 1, bound, bound + 1))
                        .boxed()
                        .toList())
                .injectNull(0.1);
    }

    @Provide
    Arbitrary<OrderRequest> requests() {
        Arbitrary<Line> line = Combinators.combine(around(1, Id.MAX), around(1, OrderRequest.QUANTITY_MAX))
                .as(Line::new)
                .injectNull(0.05);
        Arbitrary<List<Line>> few = line.list().ofMaxSize(3);
        Arbitrary<List<Line>> many = Arbitraries.of(OrderRequest.LINES_MAX, OrderRequest.LINES_MAX + 1)
                .map(size -> Collections.nCopies(size, new Line(1L, 1L)));
        Arbitrary<String> coupon = Arbitraries.of(0, 1, 64, 65).map("C"::repeat).injectNull(0.5);
        return Combinators.combine(
                        around(1, Id.MAX), Arbitraries.oneOf(few, few, many).injectNull(0.05), coupon)
                .as(OrderRequest::new);
    }

    @Property
    void arePlainWhereNothingIsWrongWithThem(@ForAll("requests") OrderRequest request) {
        assertThat(request.isPlain(Caller.LOCAL))
                .isEqualTo(VALIDATOR.validate(request).isEmpty());
    }

    @Test
    void mayLeaveOutTheUserWhereTheCallerIsOne() {
        OrderRequest request = new OrderRequest(null, Arrays.asList(new Line(1L, 1L)), null);
        assertThat(request.isPlain(Caller.user(7, Set.of(Role.USER)))).isTrue();
        assertThat(request.isPlain(Caller.service("billing"))).isFalse();
    }
}
