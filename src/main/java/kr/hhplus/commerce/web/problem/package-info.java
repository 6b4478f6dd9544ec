/** Every refusal and failure as an RFC 9457 problem document. */
@org.springframework.modulith.NamedInterface("problem")
package kr.hhplus.commerce.web.problem;
