package kr.hhplus.commerce.security.ratelimit;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.Sha256;
import kr.hhplus.commerce.web.ClientAddress;
import kr.hhplus.commerce.web.FairQueue;

/**
 * Limits wrong passwords by name and by address, and sign-ups by address. The name counts over all addresses, whether
 * there is such an account or not. An attempt takes its tokens before the password is checked, so that attempts at the
 * same time are counted, and a right password gives them back. An attempt that the name refuses keeps those of the
 * address, so that one address cannot go on for ever with a name whose tokens are gone.
 */
public final class AccountLimits {

    private final RateLimiter limiter;
    private final RateLimitProperties.Accounts rates;
    private final ExemptAddresses addresses;

    AccountLimits(RateLimiter limiter, RateLimitProperties.Accounts rates, ExemptAddresses addresses) {
        this.limiter = limiter;
        this.rates = rates;
        this.addresses = addresses;
    }

    private record Token(String key, Rate rate) {}

    /** The tokens that an attempt has taken. */
    public final class Attempt {

        private final List<Token> taken = new ArrayList<>();

        private Attempt take(String key, Rate rate) {
            RateLimitDecision decision = limiter.take(key, rate);
            if (!decision.allowed()) {
                throw new RefusedException(decision.refusal());
            }
            taken.add(new Token(key, rate));
            return this;
        }

        private Attempt takeOfAddress(String kind, String address, Rate rate) {
            if (addresses.isExempt(address)) {
                return this;
            }
            take(kind + ":" + ClientAddress.networkOf(address), rate);
            String wide = ClientAddress.wideNetworkOf(address);
            return wide == null ? this : take(kind + ":" + wide, rate.times(FairQueue.CLIENTS_OF_WIDE_NETWORK));
        }

        /** Gives the tokens back, because the attempt was no guess or the guess was right. */
        public void giveBack() {
            taken.forEach(token -> limiter.giveBack(token.key(), token.rate()));
            taken.clear();
        }
    }

    /** @throws RefusedException RATE_LIMITED if the name or the address has had too many wrong passwords */
    public Attempt signIn(String name, String address) {
        return new Attempt()
                .takeOfAddress("wrong", address, rates.address())
                .take("name:" + digest(name), rates.name());
    }

    /**
     * An attempt that counts neither for the name nor for the address, because a device or a caller that has signed in
     * before makes it.
     *
     * @param device the device or the caller
     * @throws RefusedException RATE_LIMITED if it has had too many wrong passwords
     */
    public Attempt signInOf(String device) {
        return new Attempt().take("device:" + device, rates.name());
    }

    /** @throws RefusedException RATE_LIMITED if the address has had too many wrong secrets of clients */
    public Attempt client(String address) {
        return new Attempt().takeOfAddress("wrong-secret", address, rates.address());
    }

    /** @throws RefusedException RATE_LIMITED if the address has signed up too often */
    public Attempt signUp(String address) {
        return new Attempt().takeOfAddress("sign-up", address, rates.signUp());
    }

    /** Names are personal data: they do not become keys in Redis. */
    private static String digest(String name) {
        return HexFormat.of().formatHex(Sha256.of(name));
    }
}
