package kr.hhplus.commerce.security;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Import;

/** Applies the access mode to a separate management port, which has its own filters. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import(AccessConfiguration.class)
class ManagementAccessConfiguration {}
