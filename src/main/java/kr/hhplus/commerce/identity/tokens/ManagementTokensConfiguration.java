package kr.hhplus.commerce.identity.tokens;

import kr.hhplus.commerce.identity.ConditionalOnCredentials;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Import;

/** The same chain for a management port of its own, which has filters of its own. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@ConditionalOnCredentials
@Import(TokensConfiguration.Chain.class)
class ManagementTokensConfiguration {}
