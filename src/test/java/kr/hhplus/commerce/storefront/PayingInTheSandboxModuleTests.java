package kr.hhplus.commerce.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.Reply;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.Visit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A top-up on the pages: from the balance to the sandbox and back. */
@ServedShop
class PayingInTheSandboxModuleTests {

    private final int port;
    private final Client client;
    private final Given given;
    private Visit visit;
    private long user;

    PayingInTheSandboxModuleTests(@LocalServerPort int port) {
        this.port = port;
        this.client = new Client(URI.create("http://127.0.0.1:" + port));
        this.given = new Given(client);
    }

    @BeforeEach
    void aBuyer() {
        user = given.aUser();
        visit = Visit.asUser(port, user, "en");
    }

    /** @return the address of the sandbox's page */
    private String begin(String amount) {
        Reply balance = visit.get("/shop/balance");
        Reply created = visit.post("/shop/top-ups", Map.of("amount", amount, "key", balance.key()));
        assertThat(created.status()).as(created.toString()).isEqualTo(303);
        assertThat(created.location()).startsWith("/shop/sandbox/");
        return created.location();
    }

    private Reply choose(String sandbox, String behaviour) {
        String confirm = sandbox.replace("/shop/sandbox/", "/shop/top-ups/") + "/confirm";
        return visit.submit(visit.get(sandbox), confirm, Map.of("paymentKey", "sandbox-" + behaviour));
    }

    @Test
    void paysAndComesBackWithTheMoney() {
        String sandbox = begin("50,000");
        assertThat(visit.get(sandbox).text()).contains("No money moves").contains("₩50,000");
        Reply confirmed = choose(sandbox, "approve");
        assertThat(confirmed.status()).isEqualTo(303);
        assertThat(visit.get(confirmed.location()).text()).contains("paid").contains("₩50,000");
        assertThat(visit.get("/shop/balance").text())
                .contains("Balance ₩50,000")
                .contains("Top-up by payment +₩50,000");
    }

    @Test
    void saysThatAPaymentWasDeclined() {
        String sandbox = begin("50000");
        Reply declined = choose(sandbox, "decline");
        assertThat(declined.status()).isEqualTo(409);
        assertThat(declined.text()).contains("Payment declined");
        assertThat(visit.get("/shop/balance").text()).contains("No transactions yet.");
    }

    @Test
    void showsThatTheProviderHasNotAnswered() {
        String sandbox = begin("50000");
        Reply unknown = choose(sandbox, "time-out");
        assertThat(unknown.status()).isEqualTo(303);
        assertThat(visit.get(unknown.location()).text()).contains("₩50,000");
    }

    @Test
    void sendsWebhooksThatChangeNothing() {
        String sandbox = begin("50000");
        String webhooks = sandbox + "/webhooks";
        Reply sent = visit.submit(visit.get(sandbox), webhooks, Map.of());
        assertThat(sent.status()).isEqualTo(303);
        assertThat(visit.get(sent.location()).text()).contains("Four webhooks were sent");
        assertThat(choose(sandbox, "approve").status()).isEqualTo(303);
        assertThat(client.must(Call.balance(user)).number("balance")).isEqualTo(50_000);
    }

    @Test
    void showsTheDayInTheConsole() {
        String sandbox = begin("50000");
        choose(sandbox, "approve");
        String topUp = sandbox.substring("/shop/sandbox/".length());
        client.must(Call.refundTopUp(topUp, 20_000));
        Awaitility.await("the refund").until(() -> client.must(Call.get("/top-ups/" + topUp))
                .json()
                .at("/refunds/0/status")
                .asText()
                .equals("DONE"));
        Reply page = visit.get("/console/payments");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text())
                .contains("Payments of a day")
                .contains("₩50,000")
                .contains("refund −₩20,000 −₩20,000 equal");
        assertThat(visit.get("/console/payments?date=2020-01-01").text())
                .contains("Neither the provider nor the ledger");
    }

    @Test
    void cancelsAPaymentOfAnotherAmountInTheConsole() {
        String sandbox = begin("50000");
        choose(sandbox, "other-amount");
        String topUp = sandbox.substring("/shop/sandbox/".length());
        Reply page = visit.get("/console/payments");
        assertThat(page.text()).contains("Payments that need an operator").contains(topUp);
        String cancel = "/console/payments/" + topUp + "/cancel";
        assertThat(visit.submit(page, cancel, Map.of("reason", " ")).status()).isEqualTo(400);
        Reply cancelled = visit.submit(page, cancel, Map.of("reason", "Another amount"));
        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(303);
        assertThat(visit.follow(cancelled).text())
                .contains("ended without a credit")
                .doesNotContain(topUp);
        assertThat(visit.get("/shop/balance").text()).contains("No transactions yet.");
    }

    @Test
    void showsNobodyElsesTopUp() {
        String sandbox = begin("50000");
        Visit other = Visit.asUser(port, given.aUser(), "en");
        assertThat(other.get(sandbox).status()).isEqualTo(404);
        assertThat(other.get(sandbox.replace("/shop/sandbox/", "/shop/top-ups/"))
                        .status())
                .isEqualTo(404);
    }
}
