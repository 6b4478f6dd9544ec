/** Products, stock and product search. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "eventlog", "groupcommit", "kernel", "kernel::*", "soldout", "web", "web::*"
        })
package kr.hhplus.commerce.catalog;
