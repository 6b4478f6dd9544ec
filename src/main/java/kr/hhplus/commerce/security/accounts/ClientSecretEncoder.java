package kr.hhplus.commerce.security.accounts;

import java.security.MessageDigest;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.text.Sha256;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.ratelimit.AccountLimits;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Compares the secrets of OAuth clients on the hashing threads. Wrong secrets count by address only: a client id is
 * public, and must not suffice to lock the client out. The digest of a right secret is remembered, so that a client
 * whose secret was right once does not wait while others try wrong ones.
 */
@Component
@ConditionalOnAccounts
class ClientSecretEncoder implements PasswordEncoder {

    private final Passwords passwords;
    private final AccountLimits limits;

    /** Digests of right secrets by stored hash. The hashes are those of the registered clients, so they are few. */
    private final Map<String, byte[]> rightSecrets = new ConcurrentHashMap<>();

    private final String salt = UUID.randomUUID().toString();

    ClientSecretEncoder(Passwords passwords, AccountLimits limits) {
        this.passwords = passwords;
        this.limits = limits;
    }

    @Override
    public String encode(CharSequence secret) {
        return passwords.hash(secret.toString());
    }

    /** @throws RefusedException RATE_LIMITED, OVERLOADED */
    @Override
    public boolean matches(CharSequence secret, String hash) {
        byte[] digest = Sha256.of(salt + secret);
        if (MessageDigest.isEqual(digest, rightSecrets.get(hash))) {
            return true;
        }
        String address = address();
        AccountLimits.Attempt attempt = limits.client(address);
        boolean right;
        try {
            right = passwords
                    .submit(address, () -> passwords.matches(secret.toString(), hash))
                    .join();
        } catch (CompletionException e) {
            attempt.giveBack();
            throw e.getCause() instanceof RefusedException refused ? refused : e;
        } catch (RefusedException e) {
            attempt.giveBack();
            throw e;
        }
        if (right) {
            attempt.giveBack();
            rightSecrets.put(hash, digest);
        }
        return right;
    }

    private static String address() {
        return RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : "";
    }
}
