/** Numbers that change while one looks: events that the server sends to whoever listens, none of whom can hold it up. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = {"campaign", "catalog", "sale", "shared"})
package kr.hhplus.commerce.live;
