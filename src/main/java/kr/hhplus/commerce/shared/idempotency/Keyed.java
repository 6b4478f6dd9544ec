package kr.hhplus.commerce.shared.idempotency;

/** A command that a client may repeat safely under a key of its own choice. */
public interface Keyed {

    /** Owns the keys of the operator in local mode. */
    long OPERATOR = 0;

    /** Whose key it is: keys of different users never meet. 0 is the operator of local mode. */
    long keyOwner();

    RequestKey requestKey();

    /** What only one command may occupy at a time, where that is asked for: by default, its owner. */
    default Object turn() {
        return keyOwner();
    }
}
