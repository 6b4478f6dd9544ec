package kr.hhplus.commerce.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.promotion.Coupons.Holder;
import kr.hhplus.commerce.sale.SalePaused;
import kr.hhplus.commerce.testkit.Seeded;
import org.junit.jupiter.api.Test;

/** A batch of N issues is decided exactly as N batches of one: same winners, same places in line, same refusals. */
class IssuingTogetherTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<ErrorCode> REFUSALS = List.of(
            ErrorCode.SALE_PAUSED,
            ErrorCode.CAMPAIGN_NOT_FOUND,
            ErrorCode.NO_OPEN_CAMPAIGN,
            ErrorCode.CAMPAIGN_ID_REQUIRED,
            ErrorCode.CAMPAIGN_NOT_OPEN,
            ErrorCode.COUPON_ALREADY_ISSUED,
            ErrorCode.COUPON_SOLD_OUT);

    /** @param campaignId 0: none named */
    record Wish(long userId, long campaignId) {}

    record Arrival(boolean paused, int hour, List<Wish> wishes) {}

    /** What the tables would hold. */
    private static final class State {

        private final Map<Long, Campaign> campaigns = new HashMap<>();
        private final List<Coupon> coupons = new ArrayList<>();

        /** Campaign 1 is open from the first to the third hour, 2 from the second to the fourth, 3 is paused. */
        State() {
            put(1, 3, 1, 3, false);
            put(2, 2, 2, 4, false);
            put(3, 9, 0, 9, true);
        }

        private void put(long id, long total, int from, int to, boolean paused) {
            Discount discount = new Discount(Discount.Type.FIXED, 100L, null);
            Instant starts = NOON.plus(Duration.ofHours(from));
            Instant ends = NOON.plus(Duration.ofHours(to));
            campaigns.put(
                    id,
                    new Campaign(
                            id,
                            "c",
                            discount,
                            Won.ZERO,
                            Won.CURRENCY,
                            total,
                            total,
                            starts,
                            ends,
                            0L,
                            7,
                            paused,
                            null,
                            null));
        }

        List<CommandResult<Coupon>> decide(List<Wish> wishes, long firstId, boolean paused, Instant now) {
            List<Long> open = campaigns.values().stream()
                    .filter(campaign -> campaign.isOpen(now))
                    .map(Campaign::campaignId)
                    .sorted()
                    .toList();
            Set<Holder> holders = new HashSet<>();
            coupons.forEach(coupon -> holders.add(new Holder(coupon.campaignId(), coupon.userId())));
            IssueBatch batch = new IssueBatch(
                    campaigns, open, holders, Map.of(), paused ? Optional.of(new SalePaused(null)) : Optional.empty());
            List<CommandResult<Coupon>> answers = new ArrayList<>();
            for (Wish wish : wishes) {
                IssueCoupon command = new IssueCoupon(
                        wish.userId(),
                        wish.campaignId() == 0 ? null : wish.campaignId(),
                        IdempotencyKey.NONE,
                        Set.of());
                answers.add(IssueRules.issue(command, batch, "C" + (firstId + answers.size()), now));
            }
            coupons.addAll(batch.issued());
            batch.changed().forEach(campaign -> campaigns.put(campaign.campaignId(), campaign));
            return answers;
        }

        List<Object> everything() {
            return List.of(Map.copyOf(campaigns), List.copyOf(coupons));
        }

        void assertInOrder() {
            for (Campaign campaign : campaigns.values()) {
                List<Coupon> out = coupons.stream()
                        .filter(coupon -> coupon.campaignId() == campaign.campaignId())
                        .toList();
                assertThat(campaign.issued()).isEqualTo(out.size());
                assertThat(campaign.remaining()).isNotNegative();
                assertThat(campaign.remaining() + campaign.issued()).isEqualTo(campaign.totalQuantity());
                assertThat(out)
                        .extracting(Coupon::sequence)
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, out.size()).boxed().toList());
                assertThat(out).extracting(Coupon::userId).doesNotHaveDuplicates();
            }
        }
    }

    private static List<Arrival> arrivals(Random random) {
        return Seeded.list(random, 1, 6, () -> {
            boolean paused = random.nextInt(5) == 0;
            return new Arrival(paused, random.nextInt(2), Seeded.list(random, 1, 8, () -> wish(random)));
        });
    }

    private static Wish wish(Random random) {
        return new Wish(random.nextLong(1, 7), Seeded.oneOf(random, 0L, 1L, 1L, 1L, 2L, 2L, 3L, 4L));
    }

    @Test
    void answersAndLeavesWhatSingleIssuesWould() {
        Set<ErrorCode> refusals = EnumSet.noneOf(ErrorCode.class);
        Seeded.check(Seeded.CASES, random -> assertAnswersAndLeavesWhatSingleIssuesWould(arrivals(random), refusals));
        assertThat(refusals).containsAll(REFUSALS);
    }

    private static void assertAnswersAndLeavesWhatSingleIssuesWould(List<Arrival> arrivals, Set<ErrorCode> refusals) {
        State together = new State();
        State apart = new State();
        Instant now = NOON;
        long made = 0;
        for (Arrival arrival : arrivals) {
            now = now.plus(Duration.ofHours(arrival.hour()));
            List<CommandResult<Coupon>> expected = new ArrayList<>();
            for (Wish wish : arrival.wishes()) {
                List<Object> before = apart.everything();
                CommandResult<Coupon> answer = apart.decide(
                                List.of(wish), made + expected.size(), arrival.paused(), now)
                        .get(0);
                expected.add(answer);
                if (answer instanceof CommandResult.Refused<Coupon> refused) {
                    refusals.add(refused.refusal().code());
                    assertThat(apart.everything()).isEqualTo(before);
                }
                apart.assertInOrder();
            }
            assertThat(together.decide(arrival.wishes(), made, arrival.paused(), now))
                    .isEqualTo(expected);
            assertThat(together.everything()).isEqualTo(apart.everything());
            made += expected.size();
        }
    }
}
