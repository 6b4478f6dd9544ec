package kr.hhplus.commerce.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import kr.hhplus.commerce.testkit.servers.FreshDatabase;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.modulith.test.ApplicationModuleTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;

@ApplicationModuleTest(extraIncludes = {"groupcommit", "kernel", "web"})
@TestPropertySource(properties = ReconciliationModuleTests.NO_READINESS_OF_OTHER_MODULES)
@AutoConfigureMockMvc
@OnDatabase
@ContextConfiguration(initializers = FreshDatabase.class)
class ReconciliationModuleTests {

    static final String NO_READINESS_OF_OTHER_MODULES = "management.endpoint.health.validate-group-membership=false";

    @Autowired
    private MockMvc http;

    @Autowired
    private MeterRegistry meters;

    private double age() {
        return meters.get("commerce.reconciliation.age").timeGauge().value(TimeUnit.MILLISECONDS);
    }

    @Test
    void tellsHowOldItsKnowledgeIs() throws Exception {
        http.perform(get("/admin/audit")).andExpect(status().isOk());
        double first = age();
        assertThat(first).isBetween(0.0, 600_000.0);
        Awaitility.await("time to pass").until(() -> age() > first);

        http.perform(get("/admin/audit")).andExpect(status().isOk());
        assertThat(age()).as("an audit makes it new").isLessThan(first + 600_000);
    }

    @Test
    void isInfinitelyOldBeforeTheFirstAudit() {
        MeterRegistry fresh = new SimpleMeterRegistry();
        assertThat(new Reconciliation(null, Clock.systemUTC(), fresh).last()).isEmpty();
        assertThat(fresh.get("commerce.reconciliation.age").timeGauge().value()).isInfinite();
    }

    @Test
    void answersTheOperatorWithEveryCheck() throws Exception {
        http.perform(get("/admin/audit"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.ok").value(true))
                .andExpect(jsonPath("$.checkedAt").isString())
                .andExpect(jsonPath("$.checks.length()").value(12))
                .andExpect(jsonPath("$.checks[*].name", hasItem("I7-orders-complete")))
                .andExpect(jsonPath("$.checks[0].detail").value("0 products"));
    }
}
