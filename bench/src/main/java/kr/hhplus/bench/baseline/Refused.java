package kr.hhplus.bench.baseline;

/** A refusal: rolls back, without a stack trace. */
class Refused extends RuntimeException {

    Refused(String code) {
        super(code, null, false, false);
    }
}
