package kr.hhplus.commerce.security.tokens;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Caller.Role;
import kr.hhplus.commerce.kernel.Id;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** Derives the caller and its roles from a verified JWT. */
final class JwtCallerConverter implements Converter<Jwt, AbstractAuthenticationToken> {

    private static final String OWN_ROLES = "roles";

    /** The claim of a token of an account that ends when all its credentials are revoked. */
    static final String GENERATION = "gen";

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,15}");
    private static final int SUBJECT_BYTES_MAX = 255;
    private static final int CLAIMS_MAX = 100;

    private final boolean own;
    private final IdentityProperties properties;
    private final JdbcUserNumbers numbers;

    /** @param own whether the tokens are the shop's own, whose claims are fixed */
    JwtCallerConverter(boolean own, IdentityProperties properties, JdbcUserNumbers numbers) {
        this.own = own;
        this.properties = properties;
        this.numbers = numbers;
    }

    @Override
    public AbstractAuthenticationToken convert(Jwt token) {
        String subject = subject(token, own ? JwtClaimNames.SUB : properties.userIdClaim());
        Set<Role> roles = own
                ? roles(list(token.getClaims(), OWN_ROLES), Role.ADMIN.name(), Role.SERVICE.name())
                : roles(
                        list(token.getClaims(), properties.rolesClaim()),
                        properties.adminRole(),
                        properties.serviceRole());
        if (roles.contains(Role.SERVICE)) {
            return new CallerAuthentication(Caller.service(subject, roles), token.getExpiresAt(), null);
        }
        roles.add(Role.USER);
        long userId = NUMBER.matcher(subject).matches() ? Long.parseLong(subject) : 0;
        boolean isUserId = userId > 0 && userId <= (own ? Id.MAX : JdbcUserNumbers.FIRST_ASSIGNED - 1);
        long number = isUserId ? userId : numbers.of(token.getClaimAsString(JwtClaimNames.ISS), subject);
        Number generation = own ? token.getClaim(GENERATION) : null;
        return new CallerAuthentication(
                Caller.user(number, roles, own ? Set.of() : verified(token)),
                token.getExpiresAt(),
                generation == null ? null : generation.intValue());
    }

    /** The names of the claims that are true, such as {@code email_verified}; some issuers write them as text. */
    private static Set<String> verified(Jwt token) {
        return token.getClaims().entrySet().stream()
                .filter(claim -> "true".equals(String.valueOf(claim.getValue())))
                .map(Map.Entry::getKey)
                .limit(CLAIMS_MAX)
                .collect(Collectors.toSet());
    }

    private static String subject(Jwt token, String claim) {
        Object value = token.getClaim(claim);
        String subject = value instanceof String || value instanceof Number ? value.toString() : "";
        if (subject.isBlank() || subject.getBytes(StandardCharsets.UTF_8).length > SUBJECT_BYTES_MAX) {
            throw new InvalidBearerTokenException("claim " + claim + " is missing or too long");
        }
        return subject;
    }

    private static Set<Role> roles(Collection<?> given, String admin, String service) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (given.contains(admin)) {
            roles.add(Role.ADMIN);
        }
        if (given.contains(service)) {
            roles.add(Role.SERVICE);
        }
        return roles;
    }

    /** The claim of that name; otherwise dots in the name lead into nested objects. */
    private static Collection<?> list(Map<?, ?> claims, String path) {
        Object value = claims.get(path);
        int dot = path.indexOf('.');
        if (value == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
            return list(inner, path.substring(dot + 1));
        }
        if (value instanceof String text) {
            return List.of(text.split(" "));
        }
        return value instanceof Collection<?> roles ? roles : List.of();
    }
}
