/** The log of order events, its pull feed, and the relay that carries it to a file or to Kafka. */
@org.springframework.modulith.ApplicationModule(
        allowedDependencies = {"auditlog", "groupcommit", "kernel", "kernel::*", "web", "web::*"})
package kr.hhplus.commerce.eventlog;
