/** Ids that sort by time, and their text. */
@org.springframework.modulith.NamedInterface("ids")
package kr.hhplus.commerce.kernel.ids;
