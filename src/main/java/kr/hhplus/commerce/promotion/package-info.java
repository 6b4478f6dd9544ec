/**
 * Campaigns and their coupons: a limited number, one for each user, issued in order of arrival, used by orders and
 * given back by cancellations.
 */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "sale", "soldout", "web", "web::*"})
package kr.hhplus.commerce.promotion;
