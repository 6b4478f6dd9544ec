/** Numbers that change while one looks: events for whoever listens, none of whom can hold the server up. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"campaign", "catalog", "sale", "shared"})
package kr.hhplus.commerce.live;
