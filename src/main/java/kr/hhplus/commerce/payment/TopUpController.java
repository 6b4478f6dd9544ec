package kr.hhplus.commerce.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.CommandResult;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.kernel.text.Visible;
import kr.hhplus.commerce.wallet.TopUp;
import kr.hhplus.commerce.wallet.TopUpRefund;
import kr.hhplus.commerce.wallet.TopUpService;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.Responses;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Access(AccessRule.AUTHENTICATED)
class TopUpController {

    private final PaymentService payments;
    private final TopUpService topUps;
    private final PaymentReconciliation reconciliation;

    TopUpController(PaymentService payments, TopUpService topUps, PaymentReconciliation reconciliation) {
        this.payments = payments;
        this.topUps = topUps;
        this.reconciliation = reconciliation;
    }

    record CreateRequest(
            @OwnerDefault @Id Long userId,
            @NotNull @Min(1) Long amount,

            @Pattern(regexp = "[a-z]{1,20}") String provider) {}

    record ConfirmRequest(
            @NotNull @Pattern(regexp = "[A-Za-z0-9_-]{1,200}")
            String paymentKey,

            @Min(1) @Max(Id.MAX) Long amount) {}

    record RefundRequest(
            @NotNull @Min(1) @Max(Id.MAX) Long amount,

            @NotNull @Visible @CodePointLength(min = 1, max = 200)
            String reason) {}

    record CancelRequest(
            @NotNull @Visible @CodePointLength(min = 1, max = 200)
            String reason) {}

    /** A top-up; in a list without what is beside the items or only for one. */
    record TopUpView(
            String topUpId,
            long userId,
            Won amount,
            Won refundedAmount,
            String currency,
            TopUp.Status status,
            String provider,
            Checkout checkout,
            Instant createdAt,
            Instant expiresAt,
            Instant approvedAt,
            String failure,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RefundView> refunds) {}

    record RefundView(
            String refundId,
            String topUpId,
            long userId,
            Won amount,
            String currency,
            TopUpRefund.Status status,
            String reason,
            String failure,
            Instant createdAt,
            Instant completedAt) {}

    private TopUpView view(TopUp topUp, List<TopUpRefund> refunds) {
        return new TopUpView(
                IdText.of(topUp.id()),
                topUp.userId(),
                topUp.amount(),
                topUp.refundedAmount(),
                Won.CURRENCY,
                topUp.status(),
                topUp.provider(),
                topUp.status() == TopUp.Status.PENDING ? payments.checkout(topUp) : null,
                topUp.createdAt(),
                topUp.expiresAt(),
                topUp.approvedAt(),
                topUp.failure(),
                refunds.stream().map(refund -> view(refund, null)).toList());
    }

    private TopUpView listed(TopUp topUp) {
        return new TopUpView(
                IdText.of(topUp.id()),
                topUp.userId(),
                topUp.amount(),
                topUp.refundedAmount(),
                null,
                topUp.status(),
                topUp.provider(),
                null,
                topUp.createdAt(),
                topUp.expiresAt(),
                topUp.approvedAt(),
                topUp.failure(),
                List.of());
    }

    private static RefundView view(TopUpRefund refund, String currency) {
        return new RefundView(
                IdText.of(refund.id()),
                IdText.of(refund.topUpId()),
                refund.userId(),
                refund.amount(),
                currency,
                refund.status(),
                refund.reason(),
                refund.failure(),
                refund.createdAt(),
                refund.completedAt());
    }

    @PostMapping("/top-ups")
    @RateLimited(RateLimitGroup.WRITE)
    CompletableFuture<ResponseEntity<TopUpView>> create(
            Caller caller,
            @Valid @RequestBody CreateRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.created(
                payments.create(caller, request.userId(), Won.of(request.amount()), request.provider(), key)
                        .thenApply(result -> map(result, change -> view(change.topUp(), List.of()))),
                topUp -> URI.create("/top-ups/" + topUp.topUpId()));
    }

    /** 202 while the provider has not told the outcome: a repetition gets today's state. */
    @PostMapping("/top-ups/{topUpId}/confirm")
    @RateLimited(RateLimitGroup.WRITE)
    CompletableFuture<ResponseEntity<TopUpView>> confirm(
            Caller caller,
            @PathVariable String topUpId,
            @Valid @RequestBody ConfirmRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        Won amount = request.amount() == null ? null : Won.of(request.amount());
        TopUp topUp = payments.find(topUpId, caller.visibleUserId());
        return Responses.ok(payments.confirm(caller, topUp, request.paymentKey(), amount, key)
                        .thenApply(result -> map(result, change -> view(change.topUp(), List.of()))))
                .thenApply(response -> response.getBody().status() == TopUp.Status.CONFIRMING
                        ? ResponseEntity.status(HttpStatus.ACCEPTED).body(response.getBody())
                        : response);
    }

    @GetMapping("/top-ups/{topUpId}")
    TopUpView topUp(Caller caller, @PathVariable String topUpId) {
        TopUp topUp = payments.find(topUpId, caller.visibleUserId());
        return view(topUp, payments.refundsOf(topUp));
    }

    @GetMapping("/top-ups")
    MoneyPage<TopUpView> ofUser(
            Caller caller,
            @RequestParam(required = false) @OwnerDefault @Id Long userId,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        return MoneyPage.of(topUps.page(caller.actingFor(userId), page).map(this::listed));
    }

    @PostMapping("/admin/top-ups/{topUpId}/refund")
    @Access(AccessRule.ADMIN)
    @RateLimited(RateLimitGroup.ADMIN)
    CompletableFuture<ResponseEntity<RefundView>> refund(
            Caller caller,
            @PathVariable String topUpId,
            @Valid @RequestBody RefundRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        TopUp topUp = payments.find(topUpId, null);
        return Responses.created(
                payments.refund(caller, topUp, Won.of(request.amount()), request.reason(), key)
                        .thenApply(result -> map(result, change -> view(change.refund(), Won.CURRENCY))),
                null);
    }

    /** Ends a top-up whose payment does not fit it, once the provider has cancelled the payment. */
    @PostMapping("/admin/top-ups/{topUpId}/cancel")
    @Access(AccessRule.ADMIN)
    @RateLimited(RateLimitGroup.ADMIN)
    CompletableFuture<ResponseEntity<TopUpView>> cancel(
            Caller caller,
            @PathVariable String topUpId,
            @Valid @RequestBody CancelRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        TopUp topUp = payments.find(topUpId, null);
        return Responses.ok(payments.cancel(caller, topUp, request.reason(), key)
                .thenApply(result -> map(result, change -> view(change.topUp(), List.of()))));
    }

    @GetMapping("/admin/top-ups/reconciliation")
    @Access(AccessRule.ADMIN)
    @RateLimited(RateLimitGroup.ADMIN)
    PaymentReconciliation.Report reconciliation(
            @RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) LocalDate date) {
        return reconciliation.compare(date);
    }

    private static <A, B> CommandResult<B> map(CommandResult<A> result, java.util.function.Function<A, B> mapping) {
        return result instanceof CommandResult.Done<A> done
                ? new CommandResult.Done<>(mapping.apply(done.value()), done.replayed())
                : CommandResult.refused(((CommandResult.Refused<A>) result).refusal());
    }
}
