package kr.hhplus.commerce.security.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import kr.hhplus.commerce.web.request.RequestCaller;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Nobody makes an account where sign-up is closed, and no page offers it; users who have one sign in. */
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
@SpringBootTest(
        properties = {
            "commerce.sample-data=false",
            "commerce.accounts.enabled=true",
            "commerce.accounts.sign-up=closed",
            "commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu"
        })
class SignUpClosedModuleTests {

    private static final String PASSWORD = "Purple-Kettle-42";

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcAccounts rows;

    @Autowired
    private Passwords passwords;

    private MockHttpServletResponse html(MockHttpServletRequestBuilder request) throws Exception {
        return MockMvcBuilders.webAppContextSetup(context)
                .build()
                .perform(request.accept(MediaType.TEXT_HTML)
                        .locale(Locale.ENGLISH)
                        .with(anonymous -> {
                            RequestCaller.set(anonymous, Caller.ANONYMOUS);
                            return anonymous;
                        }))
                .andReturn()
                .getResponse();
    }

    @Test
    void nobodySignsUp() {
        assertThatThrownBy(() -> accounts.signUp("eve@shop.kr", PASSWORD, null, "192.0.2.1"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.SIGN_UP_CLOSED));
        assertThat(rows.find("eve@shop.kr")).isEmpty();
    }

    @Test
    void noPageOffersIt() throws Exception {
        MockHttpServletResponse signUp = html(MockMvcRequestBuilders.get("/sign-up"));
        assertThat(signUp.getStatus()).isEqualTo(403);
        assertThat(signUp.getContentAsString()).contains("Sign-up is closed").doesNotContain("action=\"/sign-up\"");
        MockHttpServletResponse signIn = html(MockMvcRequestBuilders.get("/sign-in"));
        assertThat(signIn.getStatus()).isEqualTo(200);
        assertThat(signIn.getContentAsString()).contains("action=\"/sign-in\"").doesNotContain("/sign-up");
        MockHttpServletResponse form = html(MockMvcRequestBuilders.post("/sign-up")
                .param("name", "eve@shop.kr")
                .param("password", PASSWORD)
                .param("key", "k"));
        assertThat(form.getStatus()).isEqualTo(403);
        assertThat(form.getContentAsString()).contains("role=\"alert\"", "Sign-up is closed");
    }

    @Test
    void whoeverHasAnAccountSignsIn() {
        rows.create("old@shop.kr", passwords.hash(PASSWORD), false, null);
        assertThat(accounts.signIn("old@shop.kr", PASSWORD, "192.0.2.1", null)
                        .join()
                        .name())
                .isEqualTo("old@shop.kr");
    }
}
