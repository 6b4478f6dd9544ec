package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Hands a token to the decoder of our own secrets or to that of the issuer, by its algorithm alone. */
final class EitherDecoder implements JwtDecoder {

    private final JwtDecoder own;
    private final JwtDecoder issuer;

    EitherDecoder(JwtDecoder own, JwtDecoder issuer) {
        this.own = own;
        this.issuer = issuer;
    }

    @Override
    public Jwt decode(String token) {
        try {
            boolean secret =
                    JWSAlgorithm.HS256.equals(JWTParser.parse(token).getHeader().getAlgorithm());
            return (secret ? own : issuer).decode(token);
        } catch (ParseException e) {
            throw new BadJwtException("no JWT", e);
        }
    }
}
