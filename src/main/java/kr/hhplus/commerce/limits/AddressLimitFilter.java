package kr.hhplus.commerce.limits;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import kr.hhplus.commerce.shared.http.ClientAddress;
import kr.hhplus.commerce.shared.intake.EarlyRefusals;

/** Refuses what one address sends too much of, before a body is read or a token looked at. */
final class AddressLimitFilter extends HttpFilter {

    private final Buckets buckets;
    private final Addresses addresses;
    private final LimitSettings.PerAddress rates;
    private final EarlyRefusals refusals;

    AddressLimitFilter(Buckets buckets, Addresses addresses, LimitSettings.PerAddress rates, EarlyRefusals refusals) {
        this.buckets = buckets;
        this.addresses = addresses;
        this.rates = rates;
        this.refusals = refusals;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        OperationGroup group = OperationGroup.of(request.getMethod(), request.getServletPath());
        String address = request.getRemoteAddr();
        if (group == OperationGroup.NONE || addresses.isUnlimited(address)) {
            chain.doFilter(request, response);
            return;
        }
        String key = ClientAddress.networkOf(address);
        Taken taken = buckets.take("address:" + key, rates.any());
        if (taken.allowed() && group == OperationGroup.SIGN_IN) {
            taken = buckets.take("sign-in:" + key, rates.signIn());
        }
        if (taken.allowed()) {
            chain.doFilter(request, response);
        } else {
            taken.tell(response);
            refusals.refuse(request, response, taken.refusal());
        }
    }
}
