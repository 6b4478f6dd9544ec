/** The OpenAPI document, Swagger UI, and the mock API that responds with the document's examples. */
@org.springframework.modulith.NamedInterface("openapi")
package kr.hhplus.commerce.web.openapi;
