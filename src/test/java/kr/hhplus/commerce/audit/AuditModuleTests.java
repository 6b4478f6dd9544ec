package kr.hhplus.commerce.audit;

import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import kr.hhplus.commerce.servers.FreshDatabase;
import kr.hhplus.commerce.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.MockMvc;

@ApplicationModuleTest(extraIncludes = "shared")
@AutoConfigureMockMvc
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
class AuditModuleTests {

    @Autowired
    private MockMvc http;

    @Test
    void answersTheOperatorWithEveryCheck() throws Exception {
        http.perform(get("/admin/audit"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.ok").value(true))
                .andExpect(jsonPath("$.checkedAt").isString())
                .andExpect(jsonPath("$.checks.length()").value(9))
                .andExpect(jsonPath("$.checks[*].name", hasItem("I7-orders-complete")))
                .andExpect(jsonPath("$.checks[0].detail").value("0 products"));
    }
}
