package kr.hhplus.commerce.web.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a handler method of the busiest operations: it is called without Spring MVC's dispatcher, with the same checks,
 * arguments and problem documents. It has to return a {@link java.util.concurrent.CompletableFuture}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FastPath {}
