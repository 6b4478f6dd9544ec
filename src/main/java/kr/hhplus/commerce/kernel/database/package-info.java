/** The connections, their checks at the start, and what a failing database does to the process. */
@org.springframework.modulith.NamedInterface("database")
package kr.hhplus.commerce.kernel.database;
