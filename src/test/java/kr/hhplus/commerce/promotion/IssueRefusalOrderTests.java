package kr.hhplus.commerce.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.promotion.Coupons.Holder;
import kr.hhplus.commerce.sale.SalePaused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where several things are against an issue at once, the one further up in the error codes is answered. */
class IssueRefusalOrderTests {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    /** All that can be true of one request for a coupon of a named campaign. */
    private static final List<ErrorCode> REASONS = List.of(
            ErrorCode.SALE_PAUSED,
            ErrorCode.CAMPAIGN_NOT_FOUND,
            ErrorCode.CAMPAIGN_NOT_OPEN,
            ErrorCode.ACCOUNT_TOO_YOUNG,
            ErrorCode.CLAIM_REQUIRED,
            ErrorCode.COUPON_ALREADY_ISSUED,
            ErrorCode.COUPON_SOLD_OUT);

    static Stream<Set<ErrorCode>> combinations() {
        List<Set<ErrorCode>> all = new ArrayList<>();
        for (int bits = 1; bits < 1 << REASONS.size(); bits++) {
            Set<ErrorCode> reasons = EnumSet.noneOf(ErrorCode.class);
            for (int i = 0; i < REASONS.size(); i++) {
                if ((bits & 1 << i) != 0) {
                    reasons.add(REASONS.get(i));
                }
            }
            all.add(reasons);
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void answersTheFirst(Set<ErrorCode> reasons) {
        Campaign campaign = campaign(
                reasons.contains(ErrorCode.COUPON_SOLD_OUT) ? 5 : 0,
                NOON,
                NOON.plus(Duration.ofHours(reasons.contains(ErrorCode.CAMPAIGN_NOT_OPEN) ? 0 : 1)),
                reasons.contains(ErrorCode.ACCOUNT_TOO_YOUNG) ? 30 : null,
                reasons.contains(ErrorCode.CLAIM_REQUIRED) ? "phone_number_verified" : null);
        IssueBatch batch = new IssueBatch(
                reasons.contains(ErrorCode.CAMPAIGN_NOT_FOUND) ? Map.of() : Map.of(1L, campaign),
                List.of(1L),
                reasons.contains(ErrorCode.COUPON_ALREADY_ISSUED) ? Set.of(new Holder(1, 7)) : Set.of(),
                Map.of(7L, NOON.minus(Duration.ofDays(30)).plusMillis(1)),
                reasons.contains(ErrorCode.SALE_PAUSED) ? Optional.of(new SalePaused(null)) : Optional.empty());
        assertThat(code(batch, 1L, NOON))
                .isEqualTo(reasons.stream().min(ErrorCode::compareTo).orElseThrow());
    }

    @Test
    void pausesBeforeItLooksForACampaign() {
        for (List<Long> open : List.of(List.<Long>of(), List.of(1L, 2L))) {
            IssueBatch batch = new IssueBatch(Map.of(), open, Set.of(), Map.of(), Optional.of(new SalePaused("soon")));
            assertThat(code(batch, null, NOON)).isEqualTo(ErrorCode.SALE_PAUSED);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,CAMPAIGN_NOT_OPEN", "0,", "1,", "3599999,", "3600000,CAMPAIGN_NOT_OPEN"})
    void isOpenFromItsFirstInstantUpToItsLast(long millis, ErrorCode expected) {
        Campaign campaign = campaign(0, NOON, NOON.plus(Duration.ofHours(1)), null, null);
        IssueBatch batch = new IssueBatch(Map.of(1L, campaign), List.of(), Set.of(), Map.of(), Optional.empty());
        assertThat(code(batch, 1L, NOON.plusMillis(millis))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0,", "-1,", "1,ACCOUNT_TOO_YOUNG", ",ACCOUNT_TOO_YOUNG"})
    void isOldEnoughFromTheMillisecondOnAndNeverOfUnknownAge(Long youngerByMillis, ErrorCode expected) {
        Campaign campaign = campaign(0, NOON, NOON.plus(Duration.ofHours(1)), 30, null);
        Map<Long, Instant> created = youngerByMillis == null
                ? Map.of()
                : Map.of(7L, NOON.minus(Duration.ofDays(30)).plusMillis(youngerByMillis));
        IssueBatch batch = new IssueBatch(Map.of(1L, campaign), List.of(), Set.of(), created, Optional.empty());
        assertThat(code(batch, 1L, NOON)).isEqualTo(expected);
    }

    @Test
    void demandsNothingOfWhoeverActsForAUserAndTakesTheClaimOfTheIssuer() {
        Campaign campaign = campaign(0, NOON, NOON.plus(Duration.ofHours(1)), 30, "email_verified");
        for (Set<String> claims : Arrays.asList(null, Set.of("email_verified"), Set.of("phone_number_verified"))) {
            IssueBatch batch = new IssueBatch(
                    Map.of(1L, campaign),
                    List.of(),
                    Set.of(),
                    claims == null ? Map.of() : Map.of(7L, NOON.minus(Duration.ofDays(31))),
                    Optional.empty());
            assertThat(code(batch, 1L, NOON, claims))
                    .isEqualTo(claims == null || claims.contains("email_verified") ? null : ErrorCode.CLAIM_REQUIRED);
        }
    }

    private static Campaign campaign(long issued, Instant starts, Instant ends, Integer ageDays, String claim) {
        Discount discount = new Discount(Discount.Type.FIXED, 100L, null);
        return new Campaign(
                1,
                "c",
                discount,
                Won.ZERO,
                Won.CURRENCY,
                5,
                5 - issued,
                starts,
                ends,
                issued,
                7,
                false,
                ageDays,
                claim);
    }

    private static ErrorCode code(IssueBatch batch, Long campaignId, Instant now) {
        return code(batch, campaignId, now, Set.of());
    }

    private static ErrorCode code(IssueBatch batch, Long campaignId, Instant now, Set<String> claims) {
        CommandResult<Coupon> answer =
                IssueRules.issue(new IssueCoupon(7, campaignId, IdempotencyKey.NONE, claims), batch, "C", now);
        return answer instanceof CommandResult.Refused<Coupon> refused
                ? refused.refusal().code()
                : null;
    }
}
