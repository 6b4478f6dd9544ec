package kr.hhplus.commerce.wallet;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.shared.Won;
import kr.hhplus.commerce.shared.database.JointReads;
import kr.hhplus.commerce.shared.database.Reads;
import kr.hhplus.commerce.shared.http.BodyOrParameters;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.OwnIfAbsent;
import kr.hhplus.commerce.shared.http.answers.Answers;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.ids.IdText;
import kr.hhplus.commerce.shared.paging.Cursors;
import kr.hhplus.commerce.shared.paging.MoneyPage;
import kr.hhplus.commerce.shared.paging.Page;
import kr.hhplus.commerce.shared.paging.PageRequest;
import kr.hhplus.commerce.wallet.WalletBook.Account;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/balance")
class BalanceController {

    private final Charging charging;
    private final Wallets wallets;
    private final JointReads<Long, Account> accounts;

    BalanceController(Charging charging, Wallets wallets, Reads reads) {
        this.charging = charging;
        this.wallets = wallets;
        this.accounts = reads.open("balance", wallets::accounts);
    }

    record Balance(long userId, Won balance, String currency) {}

    record Transaction(
            String transactionId,
            LedgerEntry.Type type,
            Won amount,
            Won balanceAfter,
            String orderId,
            Instant createdAt) {}

    @PostMapping("/charge")
    CompletableFuture<ResponseEntity<ChargedBalance>> charge(
            Caller caller,
            @Valid @BodyOrParameters ChargeRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) String key) {
        return Answers.ok(charging.charge(caller, request, key));
    }

    @GetMapping
    CompletableFuture<Balance> balance(Caller caller, @RequestParam(required = false) @OwnIfAbsent @Id Long userId) {
        long owner = caller.actingFor(userId);
        return accounts.find(owner)
                .thenApply(
                        found -> new Balance(owner, found.orElse(Account.EMPTY).balance(), Won.CURRENCY));
    }

    @GetMapping("/transactions")
    MoneyPage<Transaction> transactions(
            Caller caller,
            @RequestParam(required = false) @OwnIfAbsent @Id Long userId,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        long owner = caller.actingFor(userId);
        Cursors cursors = page.cursorsOf("ledger", owner);
        List<LedgerEntry> found = wallets.entriesBefore(owner, cursors.idBefore(), page.size() + 1);
        return MoneyPage.of(Page.of(found, page.size(), cursors, entry -> IdText.of(entry.entryNo()))
                .map(BalanceController::transaction));
    }

    private static Transaction transaction(LedgerEntry entry) {
        String orderId = entry.orderId() == null ? null : IdText.of(entry.orderId());
        return new Transaction(
                IdText.of(entry.id()), entry.type(), entry.amount(), entry.balanceAfter(), orderId, entry.createdAt());
    }
}
