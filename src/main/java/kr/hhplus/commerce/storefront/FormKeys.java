package kr.hhplus.commerce.storefront;

import java.util.UUID;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.web.problem.Problems.Explanation;

/** The idempotency key in each form: made when the form is shown, so that it does its work once, however often sent. */
final class FormKeys {

    static final int LENGTH_MAX = 255;

    private FormKeys() {}

    static String fresh() {
        return "page-" + UUID.randomUUID();
    }

    /** For the form that was refused: its own, so that a repetition stays one; another where that one is spent. */
    static String after(Explanation refused, String key) {
        boolean usable = refused.code() != ErrorCode.IDEMPOTENCY_KEY_REUSED
                && key != null
                && key.matches("[!-~]{1," + LENGTH_MAX + "}");
        return usable ? key : fresh();
    }
}
