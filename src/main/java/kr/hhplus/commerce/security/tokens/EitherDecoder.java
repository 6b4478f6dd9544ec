package kr.hhplus.commerce.security.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Chooses the decoder of the shop's own secrets or that of the issuer by the token's algorithm. */
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
            throw new BadJwtException("not a JWT", e);
        }
    }
}
