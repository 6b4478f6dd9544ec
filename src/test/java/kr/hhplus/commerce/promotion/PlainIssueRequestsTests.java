package kr.hhplus.commerce.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast path decides with {@code isPlain} what Spring MVC decides with the constraints: both say the same. */
class PlainIssueRequestsTests {

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    static Stream<IssueRequest> requests() {
        return numbers().flatMap(userId -> numbers().map(campaignId -> new IssueRequest(userId, campaignId)));
    }

    private static Stream<Long> numbers() {
        return Stream.of(null, -1L, 0L, 1L, Id.MAX, Id.MAX + 1);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void arePlainWhereNothingIsWrongWithThem(IssueRequest request) {
        assertThat(request.isPlain(Caller.LOCAL))
                .isEqualTo(VALIDATOR.validate(request).isEmpty());
    }
}
