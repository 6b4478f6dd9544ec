package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * Fetches and caches the public keys of an issuer. They are fetched again when a token names an unknown key, and stay
 * in use while the issuer is not reachable.
 */
final class IssuerKeys {

    private static final int BYTES_MAX = 256 * 1024;

    private final IdentityProperties properties;
    private final DefaultResourceRetriever fetch;

    IssuerKeys(IdentityProperties properties) {
        this.properties = properties;
        int timeoutMillis = Math.toIntExact(properties.issuerTimeout().toMillis());
        this.fetch = new DefaultResourceRetriever(timeoutMillis, timeoutMillis, BYTES_MAX);
    }

    /** @throws JwtException if the issuer cannot be reached or reports another issuer URI */
    JWKSource<SecurityContext> of(String issuer) {
        try {
            URL wellKnown = url(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
            Map<String, Object> document =
                    JSONObjectUtils.parse(fetch.retrieveResource(wellKnown).getContent());
            if (!issuer.equals(document.get("issuer"))) {
                throw new JwtException("the issuer at " + issuer + " reports the issuer URI " + document.get("issuer")
                        + "; set issuer-uri to exactly that");
            }
            return at(url(JSONObjectUtils.getString(document, "jwks_uri")));
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new JwtException("the issuer at " + issuer + " does not provide its keys: " + e.getMessage(), e);
        }
    }

    private static URL url(String text) throws MalformedURLException {
        if (text == null) {
            throw new MalformedURLException("the URL is missing");
        }
        return URI.create(text).toURL();
    }

    private JWKSource<SecurityContext> at(URL keys) {
        long ageMillis = properties.keysAge().toMillis();
        return JWKSourceBuilder.create(keys, fetch)
                .cache(ageMillis, properties.issuerTimeout().toMillis() * 2)
                .refreshAheadCache(false)
                .rateLimited(properties.keysInterval().toMillis())
                .outageTolerantForever()
                .build();
    }
}
