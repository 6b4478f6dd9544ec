/** Pages of a list and their cursors. */
@org.springframework.modulith.NamedInterface("paging")
package kr.hhplus.commerce.kernel.paging;
