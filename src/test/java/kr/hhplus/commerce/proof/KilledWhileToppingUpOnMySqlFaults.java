package kr.hhplus.commerce.proof;

import java.nio.file.Path;
import kr.hhplus.commerce.testkit.EventFiles;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.servers.MySqlServer;
import kr.hhplus.commerce.testkit.servers.RealServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same with three instances that settle the same top-ups on one MySQL, of which one is killed each time. */
@ExtendWith(RealServers.class)
@EnabledIfSystemProperty(named = "proof.jar", matches = ".+", disabledReason = "takes too long for every build")
class KilledWhileToppingUpOnMySqlFaults extends KilledWhileToppingUpFaults {

    private MySqlServer mySql;

    @Override
    Shop open(Path data, String... options) {
        mySql = MySqlServer.start();
        return Shop.openOn(mySql, 3, data, new EventFiles(data), options);
    }

    @Override
    String where() {
        return "three instances on MySQL";
    }

    @AfterEach
    void close() {
        mySql.close();
    }
}
