package kr.hhplus.commerce.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import kr.hhplus.commerce.web.CallerCredentials;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Matches if the shop has accounts of its own ({@code commerce.accounts.enabled}). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ConditionalOnProperty(name = CallerCredentials.ACCOUNTS, havingValue = "true")
public @interface ConditionalOnAccounts {}
