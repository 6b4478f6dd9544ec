/** How results become responses, at once or when a batch has been committed. */
@org.springframework.modulith.NamedInterface("response")
package kr.hhplus.commerce.web.response;
