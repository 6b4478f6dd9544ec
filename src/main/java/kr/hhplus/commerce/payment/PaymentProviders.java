package kr.hhplus.commerce.payment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import org.jspecify.annotations.Nullable;

/** The configured payment providers by name. The first one is the default. */
final class PaymentProviders {

    private final Map<String, PaymentProvider> byName = new LinkedHashMap<>();

    PaymentProviders(List<PaymentProvider> providers) {
        providers.forEach(provider -> byName.put(provider.name(), provider));
    }

    /**
     * Chooses the provider of a new top-up.
     *
     * @param name null for the default
     * @throws RefusedException INVALID_REQUEST if there is no such provider
     */
    PaymentProvider choose(@Nullable String name) {
        PaymentProvider provider =
                name == null ? byName.values().stream().findFirst().orElse(null) : byName.get(name);
        if (provider == null) {
            throw new RefusedException(InvalidRequest.at("/provider", "paymentProvider"));
        }
        return provider;
    }

    /** @throws ProviderUnavailableException if the provider of an earlier top-up is no longer configured */
    PaymentProvider get(String name) {
        PaymentProvider provider = byName.get(name);
        if (provider == null) {
            throw new ProviderUnavailableException("the payment provider " + name + " is not configured");
        }
        return provider;
    }

    boolean contains(String name) {
        return byName.containsKey(name);
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }
}
