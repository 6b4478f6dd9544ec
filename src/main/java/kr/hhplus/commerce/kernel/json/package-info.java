/** JSON as clients send it, and as the service stores it. */
@org.springframework.modulith.NamedInterface("json")
package kr.hhplus.commerce.kernel.json;
