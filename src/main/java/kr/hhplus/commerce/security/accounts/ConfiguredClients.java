package kr.hhplus.commerce.security.accounts;

import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/** Registers the clients of the settings in the table of clients, and removes those that left the settings. */
@Component
@ConditionalOnAccounts
public class ConfiguredClients {

    /** The setting of a client with its roles, separated by spaces. */
    public static final String ROLES = "commerce.roles";

    /** The ids of rows that belong to the settings. */
    private static final String ID_PREFIX = "settings-";

    private final AccountProperties properties;
    private final JdbcClient sql;
    private final Clock clock;

    ConfiguredClients(AccountProperties properties, JdbcClient sql, Clock clock) {
        this.properties = properties;
        this.sql = sql;
        this.clock = clock;
    }

    /** Writes the clients. A client of the same name that does not come from the settings makes the start fail. */
    public void register(RegisteredClientRepository clients) {
        List<String> known = sql.sql("SELECT id FROM oauth2_registered_client WHERE id LIKE ?")
                .param(ID_PREFIX + "%")
                .query(String.class)
                .list();
        known.stream()
                .filter(id -> !properties.clients().containsKey(id.substring(ID_PREFIX.length())))
                .forEach(id -> sql.sql("DELETE FROM oauth2_registered_client WHERE id = ?")
                        .param(id)
                        .update());
        properties.clients().forEach((id, client) -> save(clients, registered(id, client)));
    }

    private static void save(RegisteredClientRepository clients, RegisteredClient client) {
        try {
            clients.save(client);
        } catch (DuplicateKeyException registered) {
            // By another instance that starts at the same time.
            clients.save(client);
        }
    }

    private RegisteredClient registered(String id, AccountProperties.Client client) {
        RegisteredClient.Builder builder = RegisteredClient.withId(ID_PREFIX + id)
                .clientId(id)
                .clientIdIssuedAt(clock.instant())
                .clientName(id)
                .scope(OidcScopes.OPENID)
                .redirectUris(uris -> uris.addAll(client.redirectUris()))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(!client.redirectUris().isEmpty())
                        .requireAuthorizationConsent(false)
                        .setting(
                                ROLES,
                                client.ownRoles().stream()
                                        .map(Enum::name)
                                        .sorted()
                                        .collect(Collectors.joining(" ")))
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(properties.accessTokenLife())
                        .refreshTokenTimeToLive(properties.refreshTokenLife())
                        .reuseRefreshTokens(false)
                        .build());
        if (!client.redirectUris().isEmpty()) {
            builder.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE);
        }
        if (client.secret() == null) {
            return builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                    .build();
        }
        if (!client.redirectUris().isEmpty()) {
            builder.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN);
        }
        if (client.actsForItself()) {
            builder.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
        }
        return builder.clientSecret("{bcrypt}" + client.secret())
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .build();
    }
}
