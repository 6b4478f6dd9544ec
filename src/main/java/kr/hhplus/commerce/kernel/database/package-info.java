/** The database connections, the checks of the server at the start, and the handling of outages. */
@org.springframework.modulith.NamedInterface("database")
package kr.hhplus.commerce.kernel.database;
