package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.kernel.Won;

/** A product as lists show it: what it is called, what it costs, how many pieces are left. */
public record ListedProduct(long productId, String name, Won price, String currency, long stock) {}
