package kr.hhplus.commerce.web.request;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a controller's argument, a record of scalars, from a JSON body, or from the query and a form, and validates it.
 * Each value may be given in one place only.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface BodyOrParameters {

    /** Whether the query may contain values. False for secrets, because proxies log addresses. */
    boolean query() default true;
}
