package kr.hhplus.commerce.storefront;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.ids.IdText;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.order.ReservationService;
import kr.hhplus.commerce.pages.CommandResults;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.payment.PaymentService;
import kr.hhplus.commerce.wallet.ChargeRequest;
import kr.hhplus.commerce.wallet.LedgerEntry;
import kr.hhplus.commerce.wallet.WalletService;
import kr.hhplus.commerce.wallet.Wallets;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** A user's balance, its ledger, and top-ups. */
@HtmlPage
@RequestMapping(path = "/shop/balance", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.AUTHENTICATED)
class MyBalanceController {

    private static final String TEMPLATE = "shop/balance";

    /** Digits of an amount, after commas and blanks are removed. */
    private static final Pattern AMOUNT = Pattern.compile("0*[1-9]\\d{0,14}");

    private final Wallets wallets;
    private final WalletService walletService;
    private final PaymentService payments;
    private final ReservationService reservations;
    private final StorefrontProperties properties;
    private final RefusedForms refused;

    MyBalanceController(
            Wallets wallets,
            WalletService walletService,
            PaymentService payments,
            ReservationService reservations,
            StorefrontProperties properties,
            RefusedForms refused) {
        this.wallets = wallets;
        this.walletService = walletService;
        this.payments = payments;
        this.reservations = reservations;
        this.properties = properties;
        this.refused = refused;
    }

    @GetMapping
    ModelAndView balance(Visitor visitor, @RequestParam(required = false) String cursor) {
        return new ModelAndView(TEMPLATE, form(visitor, cursor, ""));
    }

    @PostMapping
    CompletionStage<View> charge(Visitor visitor, @RequestParam String amount, @RequestParam String key) {
        return walletService
                .charge(visitor.caller(), new ChargeRequest(visitor.user(), won(amount)), key)
                .thenApply(CommandResults::valueOrThrow)
                .thenApply(balance -> SeeOther.to("/shop/balance?charged"));
    }

    static long won(String typed) {
        String digits = typed.replaceAll("[,\\s]", "");
        if (!AMOUNT.matcher(digits).matches()) {
            throw new RefusedException(InvalidRequest.at("/amount", "wonAmount"));
        }
        return Long.parseLong(digits);
    }

    @ExceptionHandler(Exception.class)
    ModelAndView again(Exception failure, HttpServletRequest request, HttpServletResponse response) {
        return refused.again(
                TEMPLATE,
                () -> form(Visitor.of(request), null, request.getParameter("amount")),
                failure,
                request,
                response);
    }

    private Map<String, Object> form(Visitor visitor, String cursor, String typed) {
        PageRequest page = PageRequest.of(cursor, properties.rowsPerPage());
        long owner = visitor.user();
        Cursors cursors = page.cursorsOf("ledger", owner);
        List<LedgerEntry> found = wallets.entriesBefore(owner, cursors.idBefore(), page.size() + 1);
        Map<String, Object> model = new HashMap<>();
        model.put("balance", wallets.balanceOf(visitor.user()));
        model.put("entries", Page.of(found, page.size(), cursors, entry -> IdText.of(entry.entryNo())));
        model.put("typed", typed);
        model.put("mayCharge", walletService.mayCharge(visitor.caller()));
        model.put("mayPay", payments.isAvailable());
        Map<String, Instant> held = new TreeMap<>();
        reservations.open(owner).forEach(open -> held.put(IdText.of(open.reservationId()), open.expiresAt()));
        model.put("held", held);
        return model;
    }
}
