package kr.hhplus.commerce.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.testkit.Call;
import kr.hhplus.commerce.testkit.Client;
import kr.hhplus.commerce.testkit.Given;
import kr.hhplus.commerce.testkit.ServedShop;
import kr.hhplus.commerce.testkit.servers.OnDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger takes one payment once, also if a decision takes it twice: the primary key of {@code ledger_payment}. */
@OnDatabase
@ServedShop
class CreditingAPaymentOnceModuleTests {

    private static final Won AMOUNT = Won.of(700);

    private final Client client;
    private final Given given;

    @Autowired
    private Wallets wallets;

    @Autowired
    private TransactionTemplate transaction;

    CreditingAPaymentOnceModuleTests(@LocalServerPort int port) {
        client = new Client(URI.create("http://127.0.0.1:" + port));
        given = new Given(client);
    }

    private void decide(long user, Consumer<BatchBalances> decision) {
        transaction.executeWithoutResult(status -> {
            BatchBalances balances = wallets.lockAll(List.of(user));
            decision.accept(balances);
            wallets.save(balances);
        });
    }

    private String paidTopUp(long user) {
        String id = client.must(Call.topUp(user, AMOUNT.amount())).text("topUpId");
        client.must(Call.confirmTopUp(id, "approve"));
        return id;
    }

    private long numberOf(String topUp) {
        return IdText.parse(topUp).orElseThrow();
    }

    @Test
    void refusesASecondCreditInAnotherBatch() {
        long user = given.aUser();
        long payment = numberOf(paidTopUp(user));
        assertThatThrownBy(() -> decide(user, balances -> balances.topUp(user, AMOUNT, payment, Instant.now())))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(wallets.balanceOf(user)).isEqualTo(AMOUNT);
    }

    @Test
    void refusesASecondCreditInTheSameBatchAndToAnotherUser() {
        long user = given.aUser();
        long other = given.aUser();
        long payment = numberOf(client.must(Call.topUp(user, AMOUNT.amount())).text("topUpId"));
        assertThatThrownBy(() -> decide(user, balances -> {
                    balances.topUp(user, AMOUNT, payment, Instant.now());
                    balances.topUp(other, AMOUNT, payment, Instant.now());
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(wallets.balanceOf(user)).isEqualTo(Won.ZERO);
        assertThat(wallets.balanceOf(other)).isEqualTo(Won.ZERO);
    }

    @Test
    void returnsARefundOnce() {
        long user = given.aUserWithBalance(AMOUNT.amount());
        long refund = given.aUser();
        assertThatThrownBy(() -> decide(user, balances -> {
                    balances.debitTopUpRefund(user, AMOUNT, refund, Instant.now());
                    balances.returnTopUpRefund(user, AMOUNT, refund, Instant.now());
                    balances.returnTopUpRefund(user, AMOUNT, refund, Instant.now());
                }))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(wallets.balanceOf(user)).isEqualTo(AMOUNT);
    }
}
