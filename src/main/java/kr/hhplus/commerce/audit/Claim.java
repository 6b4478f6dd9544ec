package kr.hhplus.commerce.audit;

/** A payment, refund or event that an order's status asks for, or that exists: the two must be the same, once each. */
record Claim(String kind, long order, long user, long amount) {}
