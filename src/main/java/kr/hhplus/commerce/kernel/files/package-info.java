/** The data directory, and files that hold orders and balances. */
@org.springframework.modulith.NamedInterface("files")
package kr.hhplus.commerce.kernel.files;
