package kr.hhplus.commerce.identity.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import kr.hhplus.commerce.probe.Wire;
import kr.hhplus.commerce.probe.Wire.Reply;
import kr.hhplus.commerce.servers.FreshDatabase;
import kr.hhplus.commerce.servers.OnDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** How long a password is, is one measure, whatever keyboard wrote it: what signs up signs in. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "commerce.sample-data=false",
            "commerce.data-dir=target/long-passwords",
            "commerce.accounts.enabled=true",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu"
        })
class LongPasswordsModuleTests {

    private static final String LONGEST = "긴비밀번호하나더".repeat(16);

    @LocalServerPort
    private int port;

    private Wire wire;

    @BeforeEach
    void connect() {
        wire = new Wire(port);
    }

    private Reply post(String path, String body) {
        return wire.post(path, "application/json", body.replace('\'', '"'));
    }

    private Reply signIn(String password) {
        return post("/auth/token", "{'grant':'password','name':'longest','password':'" + password + "'}");
    }

    @Test
    void theLongestSignsInHoweverItIsWritten() {
        assertThat(LONGEST).hasSize(LoginRules.PASSWORD_MAX);
        assertThat(post("/users", "{'name':'longest','password':'" + LONGEST + "'}")
                        .status())
                .isEqualTo(201);
        String takenApart = Normalizer.normalize(LONGEST, Normalizer.Form.NFD);
        assertThat(takenApart.length()).isGreaterThan(LoginRules.PASSWORD_MAX);
        Reply tokens = signIn(takenApart);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(signIn(LONGEST + "x").errors()).containsOnlyKeys("/password");
        String caller =
                "Authorization: Bearer " + tokens.json().get("accessToken").asText();
        String change = "{'currentPassword':'" + takenApart + "','newPassword':'Green-Kettle-42'}";
        assertThat(wire.post("/users/me/password", "application/json", change.replace('\'', '"'), caller)
                        .status())
                .isEqualTo(200);
    }
}
