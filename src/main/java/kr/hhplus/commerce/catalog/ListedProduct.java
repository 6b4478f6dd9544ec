package kr.hhplus.commerce.catalog;

import kr.hhplus.commerce.shared.Won;

/** A product in a list. */
record ListedProduct(long productId, String name, Won price, String currency, long stock) {}
