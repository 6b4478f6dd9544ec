package kr.hhplus.commerce.web.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The rate-limit group of a handler method, or of all handler methods of a controller; the method's own annotation
 * wins. Without it, a handler that only reads is in {@link RateLimitGroup#READ} and any other in
 * {@link RateLimitGroup#WRITE}.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface RateLimited {

    RateLimitGroup value();
}
