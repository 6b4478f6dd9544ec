package kr.hhplus.commerce.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An amount of Korean won, which has no minor unit; may be negative. Arithmetic is exact or throws. */
public record Won(@JsonValue long amount) implements Comparable<Won> {

    /** The ISO 4217 code. Every response that carries money contains it once. */
    public static final String CURRENCY = "KRW";

    public static final Won ZERO = new Won(0);

    @JsonCreator
    public static Won of(long amount) {
        return new Won(amount);
    }

    public Won plus(Won other) {
        return new Won(Math.addExact(amount, other.amount));
    }

    public Won minus(Won other) {
        return new Won(Math.subtractExact(amount, other.amount));
    }

    public Won times(long factor) {
        return new Won(Math.multiplyExact(amount, factor));
    }

    public Won negated() {
        return new Won(Math.negateExact(amount));
    }

    public boolean isLessThan(Won other) {
        return amount < other.amount;
    }

    /** The plain number, for messages and for request fingerprints. */
    @Override
    public String toString() {
        return Long.toString(amount);
    }

    @Override
    public int compareTo(Won other) {
        return Long.compare(amount, other.amount);
    }
}
