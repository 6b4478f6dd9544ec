package kr.hhplus.commerce.payment;

import java.util.List;
import kr.hhplus.commerce.kernel.time.BackgroundTask;
import kr.hhplus.commerce.web.CallerCredentials;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Chooses the payment provider and starts the settlement. */
@Configuration(proxyBeanMethods = false)
class PaymentConfiguration {

    private static final Logger log = LoggerFactory.getLogger(PaymentConfiguration.class);

    @Bean
    PaymentProviders paymentProviders(PaymentProperties properties, Environment settings, JdbcSandbox sandbox) {
        boolean credentials = CallerCredentials.areConfigured(settings);
        String name = properties.provider();
        if (name == null) {
            name = properties.toss().isConfigured() ? TossPayments.NAME : credentials ? "none" : SandboxPayments.NAME;
        }
        return switch (name) {
            case TossPayments.NAME -> new PaymentProviders(List.of(new TossPayments(properties.toss())));
            case SandboxPayments.NAME -> {
                if (credentials && !properties.sandboxWithCredentials()) {
                    throw new IllegalStateException(
                            "commerce.payment.provider is 'sandbox', which gives money away, but callers need"
                                    + " credentials: configure a real provider, or set"
                                    + " commerce.payment.sandbox-with-credentials=true for a demonstration.");
                }
                if (credentials) {
                    log.warn("THE PAYMENT PROVIDER IS THE SANDBOX: every user can top up without money.");
                }
                yield new PaymentProviders(List.of(new SandboxPayments(sandbox)));
            }
            case "none" -> {
                log.warn("No payment provider is configured: users cannot top up. See docs/payments.md.");
                yield new PaymentProviders(List.of());
            }
            default ->
                throw new IllegalStateException(
                        "commerce.payment.provider is '" + name + "'; the values are 'sandbox', 'toss' and 'none'.");
        };
    }

    @Bean
    BackgroundTask topUpSettlementLoop(PaymentSettlement settlement, PaymentProperties properties) {
        return new BackgroundTask("top-up-settlement", properties.pollInterval(), settlement::step);
    }
}
