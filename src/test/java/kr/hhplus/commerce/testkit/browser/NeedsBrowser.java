package kr.hhplus.commerce.testkit.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test in a real browser; its methods take one {@link Browser}, or two. See {@link RealBrowsers}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealBrowsers.class)
public @interface NeedsBrowser {}
