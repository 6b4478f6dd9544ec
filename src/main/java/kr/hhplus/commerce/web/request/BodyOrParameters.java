package kr.hhplus.commerce.web.request;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a controller's argument, a record of scalars: read from a JSON body, or from the query and a form, and validated.
 * A value may come in one place only.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface BodyOrParameters {

    /** Whether values may stand in the query. False for secrets, because proxies log addresses. */
    boolean query() default true;
}
