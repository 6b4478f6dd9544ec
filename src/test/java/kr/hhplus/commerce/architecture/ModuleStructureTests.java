package kr.hhplus.commerce.architecture;

import kr.hhplus.commerce.CommerceApplication;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The modules as they are declared: no cycle, no reach past a face, no dependency that is not allowed. */
class ModuleStructureTests {

    @Test
    void keepsToItsDeclaredDependencies() {
        ApplicationModules.of(CommerceApplication.class).verify();
    }
}
