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
 * Where an issuer publishes its keys. They are kept for a while, fetched again when a token names one that is not
 * among them, and used on where the issuer is away.
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

    /** @throws JwtException where the issuer cannot be asked, or says that it is another one */
    JWKSource<SecurityContext> of(String issuer) {
        try {
            URL wellKnown = url(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
            Map<String, Object> document =
                    JSONObjectUtils.parse(fetch.retrieveResource(wellKnown).getContent());
            if (!issuer.equals(document.get("issuer"))) {
                throw new JwtException("the issuer at " + issuer + " calls itself " + document.get("issuer"));
            }
            return at(url(JSONObjectUtils.getString(document, "jwks_uri")));
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new JwtException("the issuer at " + issuer + " cannot be asked for its keys: " + e.getMessage(), e);
        }
    }

    private static URL url(String text) throws MalformedURLException {
        if (text == null) {
            throw new MalformedURLException("no address");
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
