package kr.hhplus.commerce.order;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.order.OrderRequest.Line;
import kr.hhplus.commerce.testkit.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The fast path decides with {@code isPlain} what Spring MVC decides with the constraints: both say the same. */
class PlainOrdersTests {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private static @Nullable Long around(Random random, long one, long other) {
        long bound = Seeded.oneOf(random, one, other);
        return Seeded.orNull(random, 0.1, bound + random.nextInt(-1, 2));
    }

    private static OrderRequest request(Random random) {
        List<Line> few = Seeded.list(random, 0, 3, () -> {
            Line line = new Line(around(random, 1, Id.MAX), around(random, 1, OrderRequest.QUANTITY_MAX));
            return Seeded.orNull(random, 0.05, line);
        });
        List<Line> many = Collections.nCopies(
                Seeded.oneOf(random, OrderRequest.LINES_MAX, OrderRequest.LINES_MAX + 1), new Line(1L, 1L));
        String coupon = "C".repeat(Seeded.oneOf(random, 0, 1, 64, 65));
        return new OrderRequest(
                around(random, 1, Id.MAX),
                Seeded.orNull(random, 0.05, random.nextInt(3) < 2 ? few : many),
                Seeded.orNull(random, 0.5, coupon));
    }

    @Test
    void arePlainWhereNothingIsWrongWithThem() {
        Set<Boolean> plain = new HashSet<>();
        Seeded.check(Seeded.CASES, random -> {
            OrderRequest request = request(random);
            assertThat(request.isPlain(Caller.LOCAL))
                    .isEqualTo(VALIDATOR.validate(request).isEmpty());
            plain.add(request.isPlain(Caller.LOCAL));
        });
        assertThat(plain).contains(true, false);
    }

    @Test
    void mayLeaveOutTheUserWhereTheCallerIsOne() {
        OrderRequest request = new OrderRequest(null, Arrays.asList(new Line(1L, 1L)), null);
        assertThat(request.isPlain(Caller.user(7, Set.of(Role.USER)))).isTrue();
        assertThat(request.isPlain(Caller.service("billing"))).isFalse();
    }
}
