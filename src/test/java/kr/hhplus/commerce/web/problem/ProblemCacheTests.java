package kr.hhplus.commerce.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.Refusal;
import org.junit.jupiter.api.Test;

class ProblemCacheTests {

    private record Gone(ErrorCode code, long campaignId) implements Refusal {

        Gone(long campaignId) {
            this(ErrorCode.COUPON_SOLD_OUT, campaignId);
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of("campaignId", campaignId);
        }
    }

    private final ProblemCache problems = new ProblemCache();
    private final AtomicInteger written = new AtomicInteger();

    private byte[] ask(Refusal refusal, String path, Locale language) {
        return problems.body(refusal, path, language, (r, p, l) -> new byte[] {(byte) written.incrementAndGet()});
    }

    @Test
    void writesWhatIsEqualOnce() {
        byte[] first = ask(new Gone(7), "/coupons/issue", Locale.ENGLISH);
        assertThat(ask(new Gone(7), "/coupons/issue", Locale.ENGLISH)).isEqualTo(first);
        assertThat(written).hasValue(1);
    }

    @Test
    void tellsApartWhatDiffers() {
        ask(new Gone(7), "/coupons/issue", Locale.ENGLISH);
        ask(new Gone(8), "/coupons/issue", Locale.ENGLISH);
        ask(new Gone(7), "/coupons/issue", Locale.KOREAN);
        ask(new Gone(7), "/orders", Locale.ENGLISH);
        assertThat(written).hasValue(4);
    }

    @Test
    void remembersNothingThatAClientCanMakeLong() {
        String path = "/" + "x".repeat(100);
        ask(new Gone(7), path, Locale.ENGLISH);
        ask(new Gone(7), path, Locale.ENGLISH);
        ask(InvalidRequest.at("/userId", "NotNull"), "/orders", Locale.ENGLISH);
        ask(InvalidRequest.at("/userId", "NotNull"), "/orders", Locale.ENGLISH);
        assertThat(written).hasValue(4);
    }

    @Test
    void forgetsRatherThanGrows() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 2_000; i++) {
                ask(new Gone(i), "/coupons/issue", Locale.ENGLISH);
            }
        }
        assertThat(written.get()).isGreaterThan(2_500);
    }
}
