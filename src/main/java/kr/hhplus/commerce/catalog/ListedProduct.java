package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.kernel.Won;

/** A product in a list, with its stock. */
public record ListedProduct(long productId, String name, Won price, String currency, long stock) {}
