package kr.hhplus.commerce.shared.idempotency;

/** A command that a client may repeat safely under a key of its own choice. */
public interface Keyed {

    /** Whose key it is: keys of different users never meet. 0 is the operator of local mode. */
    long keyOwner();

    RequestKey requestKey();
}
