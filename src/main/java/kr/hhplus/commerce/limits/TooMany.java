package kr.hhplus.commerce.limits;

import kr.hhplus.commerce.shared.problem.ErrorCode;
import kr.hhplus.commerce.shared.problem.Refusal;

/** Asked too often. */
record TooMany(long retryAfterSeconds) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.RATE_LIMITED;
    }
}
