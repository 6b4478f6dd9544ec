package kr.hhplus.commerce.web.endpoint;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The access rule of a handler method, or of all handler methods of a controller. The method's annotation wins.
 *
 * <p>It is enforced only if callers have credentials. In local mode and in open mode every caller may do everything.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface Access {

    AccessRule value();
}
