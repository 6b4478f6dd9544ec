package kr.hhplus.commerce.payment;

import org.jspecify.annotations.Nullable;

/**
 * What a client needs to let the user pay.
 *
 * @param url of the provider's page; null if the client opens the provider's widget itself
 * @param clientKey the provider's public key for its widget; null if there is none
 * @param orderId the id of the top-up, which the provider calls an order
 * @param orderName what the user pays for, for the provider's page
 */
public record Checkout(@Nullable String url, @Nullable String clientKey, String orderId, String orderName) {}
