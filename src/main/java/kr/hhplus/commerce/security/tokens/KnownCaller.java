package kr.hhplus.commerce.security.tokens;

import java.util.List;
import kr.hhplus.commerce.kernel.Caller;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** An authenticated caller as Spring Security's authentication, without the token or session itself. */
public final class KnownCaller extends AbstractAuthenticationToken {

    private final transient Caller caller;

    public KnownCaller(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    Caller caller() {
        return caller;
    }

    /** The authenticated caller of this thread, or {@link Caller#ANONYMOUS}. */
    public static Caller current() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof KnownCaller known
                ? known.caller
                : Caller.ANONYMOUS;
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Object getPrincipal() {
        return caller.name();
    }
}
