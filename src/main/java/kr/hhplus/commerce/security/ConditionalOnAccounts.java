package kr.hhplus.commerce.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** What is there only where the shop keeps accounts of its own, so that people can sign in here. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = "commerce.accounts.enabled", havingValue = "true")
public @interface ConditionalOnAccounts {}
