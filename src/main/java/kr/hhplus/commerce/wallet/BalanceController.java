package kr.hhplus.commerce.wallet;

import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.database.BatchLoader;
import kr.hhplus.commerce.kernel.database.BatchLoaders;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.wallet.BatchBalances.Account;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.BodyOrParameters;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/balance")
@Access(AccessRule.AUTHENTICATED)
class BalanceController {

    private final WalletService walletService;
    private final Wallets wallets;
    private final BatchLoader<Long, Account> accounts;

    BalanceController(WalletService walletService, Wallets wallets, BatchLoaders batchLoaders) {
        this.walletService = walletService;
        this.wallets = wallets;
        this.accounts = batchLoaders.open("balance", wallets::accounts);
    }

    record Balance(long userId, Won balance, String currency) {}

    record Transaction(
            String transactionId,
            LedgerEntry.Type type,
            Won amount,
            Won balanceAfter,
            String orderId,
            String topUpId,
            String refundId,
            Instant createdAt) {}

    @PostMapping("/charge")
    @RateLimited(RateLimitGroup.WRITE)
    CompletableFuture<ResponseEntity<ChargedBalance>> charge(
            Caller caller,
            @Valid @BodyOrParameters ChargeRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.ok(walletService.charge(caller, request, key));
    }

    @GetMapping
    CompletableFuture<Balance> balance(Caller caller, @RequestParam(required = false) @OwnerDefault @Id Long userId) {
        long owner = caller.actingFor(userId);
        return accounts.find(owner)
                .thenApply(
                        found -> new Balance(owner, found.orElse(Account.EMPTY).balance(), Won.CURRENCY));
    }

    @GetMapping("/transactions")
    MoneyPage<Transaction> transactions(
            Caller caller,
            @RequestParam(required = false) @OwnerDefault @Id Long userId,
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
        String paymentId = entry.paymentId() == null ? null : IdText.of(entry.paymentId());
        boolean isTopUp = entry.type() == LedgerEntry.Type.TOP_UP;
        return new Transaction(
                IdText.of(entry.id()),
                entry.type(),
                entry.amount(),
                entry.balanceAfter(),
                orderId,
                isTopUp ? paymentId : null,
                isTopUp ? null : paymentId,
                entry.createdAt());
    }
}
