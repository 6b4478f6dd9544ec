package kr.hhplus.commerce.proof;

import static kr.hhplus.commerce.testkit.Call.post;

import java.nio.file.Path;
import java.util.Map;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.Shop;
import kr.hhplus.commerce.testkit.Visit;

/** The same way where the shop keeps accounts of its own: the buyer signs up and in, the operator was there first. */
class BuyersJourneyWithAccountsStory extends BuyersJourneyStory {

    private static final String PASSWORD = "Purple-Kettle-42";

    private int port;

    @Override
    Shop open(Path data) {
        Shop shop = Shop.openWithSampleData(
                data,
                "--commerce.accounts.enabled=true",
                "--commerce.accounts.signing-key=Jm3vQ8sLw0zXr5tYh2nB7kGd4fPc9aEu",
                "--commerce.accounts.first-admin.name=owner",
                "--commerce.accounts.first-admin.password=" + PASSWORD);
        port = shop.instances().get(0).base().getPort();
        return shop;
    }

    @Override
    long comeIn(Client visitor) {
        Reply user = visitor.must(post("/users", Map.of("name", "ann@shop.kr", "password", PASSWORD)));
        String buyers = new Visit(port).signIn("ann@shop.kr", PASSWORD).token();
        String operators = new Visit(port).signIn("owner", PASSWORD).token();
        visitor.showing(call -> call.isTheOperators() ? operators : buyers);
        return user.number("userId");
    }
}
