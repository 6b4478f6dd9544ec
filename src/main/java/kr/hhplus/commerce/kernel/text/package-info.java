/** What a text may contain. */
@org.springframework.modulith.NamedInterface("text")
package kr.hhplus.commerce.kernel.text;
