/** The OpenAPI document, Swagger UI over it, and the mock API that answers from it. */
@org.springframework.modulith.NamedInterface("openapi")
package kr.hhplus.commerce.web.openapi;
