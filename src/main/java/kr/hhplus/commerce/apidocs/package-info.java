/** What the server says about itself: the OpenAPI document, Swagger UI over it, and a mock that answers from it. */
@org.springframework.modulith.ApplicationModule(allowedDependencies = "shared")
package kr.hhplus.commerce.apidocs;
