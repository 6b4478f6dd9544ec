package kr.hhplus.commerce.web.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler method of a busy operation. It is called without Spring MVC's dispatcher, with the same checks
 * and problem documents.
 *
 * <p>It must return a {@code CompletableFuture<ResponseEntity<…>>}. Its arguments are the caller, the body and request
 * headers; path variables and request parameters do not resolve. The application does not start with any other handler.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FastPath {}
