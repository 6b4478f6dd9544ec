package kr.hhplus.commerce.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kr.hhplus.commerce.kernel.ErrorCode;
import org.junit.jupiter.api.Test;

/** Holds the enum against the house's sentence: which of two errors is answered is part of the contract. */
class ErrorOrderTests {

    /** The steps of the sentence, each with its codes; codes of one step cannot meet, or go by their order here. */
    private static final List<List<ErrorCode>> SENTENCE = List.of(
            List.of(ErrorCode.UNAUTHENTICATED),
            List.of(ErrorCode.RATE_LIMITED),
            List.of(
                    ErrorCode.NOT_FOUND,
                    ErrorCode.METHOD_NOT_ALLOWED,
                    ErrorCode.NOT_ACCEPTABLE,
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    ErrorCode.REQUEST_TIMEOUT,
                    ErrorCode.HTTP_VERSION_NOT_SUPPORTED,
                    ErrorCode.NOT_IMPLEMENTED,
                    ErrorCode.URI_TOO_LONG,
                    ErrorCode.HEADERS_TOO_LARGE,
                    ErrorCode.EXPECTATION_FAILED,
                    ErrorCode.MALFORMED_REQUEST,
                    ErrorCode.INVALID_REQUEST,
                    ErrorCode.INVALID_CURSOR),
            List.of(
                    ErrorCode.FORBIDDEN,
                    ErrorCode.TOP_UP_REQUIRED,
                    ErrorCode.SIGN_UP_CLOSED,
                    ErrorCode.INVALID_CREDENTIALS),
            List.of(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    ErrorCode.NAME_TAKEN,
                    ErrorCode.ACCOUNT_NOT_FOUND,
                    ErrorCode.LAST_ADMINISTRATOR,
                    ErrorCode.EVENT_LOG_REWOUND),
            List.of(ErrorCode.SALE_PAUSED),
            List.of(
                    ErrorCode.PRODUCT_NOT_FOUND,
                    ErrorCode.COUPON_NOT_FOUND,
                    ErrorCode.CAMPAIGN_NOT_FOUND,
                    ErrorCode.NO_OPEN_CAMPAIGN,
                    ErrorCode.CAMPAIGN_ID_REQUIRED,
                    ErrorCode.ORDER_NOT_FOUND,
                    ErrorCode.RESERVATION_NOT_FOUND,
                    ErrorCode.TOP_UP_NOT_FOUND,
                    ErrorCode.RESERVATION_EXPIRED,
                    ErrorCode.TOP_UP_EXPIRED,
                    ErrorCode.TOP_UP_NOT_CANCELLABLE,
                    ErrorCode.ORDER_NOT_CANCELLABLE,
                    ErrorCode.ORDER_NOT_REFUNDABLE,
                    ErrorCode.ORDER_NOT_FULFILLABLE),
            List.of(ErrorCode.SALE_NOT_OPEN, ErrorCode.CAMPAIGN_NOT_OPEN),
            List.of(ErrorCode.ACCOUNT_TOO_YOUNG, ErrorCode.CLAIM_REQUIRED),
            List.of(
                    ErrorCode.PURCHASE_LIMIT_EXCEEDED,
                    ErrorCode.RESERVATION_LIMIT_EXCEEDED,
                    ErrorCode.TOP_UP_LIMIT_EXCEEDED),
            List.of(ErrorCode.COUPON_ALREADY_ISSUED),
            List.of(ErrorCode.COUPON_SOLD_OUT, ErrorCode.INSUFFICIENT_STOCK),
            List.of(ErrorCode.COUPON_ALREADY_USED, ErrorCode.COUPON_EXPIRED, ErrorCode.COUPON_NOT_APPLICABLE),
            List.of(ErrorCode.REFUND_EXCEEDS_ORDER, ErrorCode.REFUND_EXCEEDS_TOP_UP),
            List.of(ErrorCode.INSUFFICIENT_BALANCE, ErrorCode.BALANCE_LIMIT_EXCEEDED),
            List.of(ErrorCode.AMOUNT_MISMATCH),
            List.of(ErrorCode.PAYMENT_DECLINED),
            List.of(
                    ErrorCode.OVERLOADED,
                    ErrorCode.ROW_LOCKED,
                    ErrorCode.UNAVAILABLE,
                    ErrorCode.OUTCOME_UNKNOWN,
                    ErrorCode.INTERNAL_ERROR));

    @Test
    void followsTheSentence() {
        List<ErrorCode> wanted = new ArrayList<>();
        SENTENCE.forEach(wanted::addAll);
        assertThat(ErrorCode.values()).containsExactlyElementsOf(wanted);
    }

    @Test
    void saysOfEveryPairWhichComesFirst() {
        List<ErrorCode> order = SENTENCE.stream().flatMap(List::stream).toList();
        for (int i = 0; i < order.size(); i++) {
            for (int j = 0; j < order.size(); j++) {
                assertThat(order.get(i).precedes(order.get(j)))
                        .as("%s before %s", order.get(i), order.get(j))
                        .isEqualTo(i < j);
            }
        }
    }

    @Test
    void usesOnlyStatusesThatSayWhatHappened() {
        Set<Integer> known =
                Set.of(400, 401, 403, 404, 405, 406, 408, 409, 413, 414, 415, 417, 422, 429, 431, 500, 501, 503, 505);
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::status)).allMatch(known::contains);
        assertThat(Arrays.stream(ErrorCode.values()).filter(code -> code.status() == 409))
                .allMatch(code -> !code.name().toLowerCase(Locale.ROOT).contains("not_found"));
    }
}
