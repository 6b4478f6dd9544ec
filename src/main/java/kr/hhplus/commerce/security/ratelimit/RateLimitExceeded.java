package kr.hhplus.commerce.security.ratelimit;

import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Refusal;

/** The caller or the address has exceeded its rate limit. */
record RateLimitExceeded(long retryAfterSeconds) implements Refusal {

    @Override
    public ErrorCode code() {
        return ErrorCode.RATE_LIMITED;
    }
}
