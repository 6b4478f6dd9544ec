/**
 * Campaigns and their coupons: limited in number, one per user, issued in order of arrival, used by orders and returned
 * by cancellations.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "sale", "soldout", "web", "web::*"})
package kr.hhplus.commerce.promotion;
