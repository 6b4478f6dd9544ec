/** The rules for text. */
@org.springframework.modulith.NamedInterface("text")
package kr.hhplus.commerce.kernel.text;
