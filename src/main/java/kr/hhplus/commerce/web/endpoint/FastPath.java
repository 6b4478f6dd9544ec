package kr.hhplus.commerce.web.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a handler method of a busy operation. It is called without Spring MVC's dispatcher, with the same checks,
 * arguments and problem documents. It must return a {@link java.util.concurrent.CompletableFuture}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface FastPath {}
