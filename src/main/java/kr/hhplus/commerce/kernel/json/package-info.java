/** The JSON of requests and responses, and the JSON that the service stores. */
@org.springframework.modulith.NamedInterface("json")
package kr.hhplus.commerce.kernel.json;
