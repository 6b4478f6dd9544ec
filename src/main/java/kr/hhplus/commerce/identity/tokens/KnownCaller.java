package kr.hhplus.commerce.identity.tokens;

import java.util.List;
import kr.hhplus.commerce.shared.http.Caller;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A caller whose token held, in the form that Spring Security hands on. The token itself is not kept. */
final class KnownCaller extends AbstractAuthenticationToken {

    private final transient Caller caller;

    KnownCaller(Caller caller) {
        super(List.of());
        this.caller = caller;
        setAuthenticated(true);
    }

    Caller caller() {
        return caller;
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
