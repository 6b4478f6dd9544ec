/** The switch that pauses and resumes the sale of orders and coupons. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "kernel", "kernel::*", "soldout", "web", "web::*"})
package kr.hhplus.commerce.sale;
