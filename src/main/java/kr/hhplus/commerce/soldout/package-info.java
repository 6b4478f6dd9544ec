/**
 * Caches sold-out products and campaigns, and shares their ids through Redis. The cache refuses early; only a batch
 * sells the last piece.
 */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"kernel", "kernel::*"})
package kr.hhplus.commerce.soldout;
