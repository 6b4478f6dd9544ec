package kr.hhplus.commerce.coupon;

import jakarta.validation.Valid;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.shared.http.BodyOrParameters;
import kr.hhplus.commerce.shared.http.Caller;
import kr.hhplus.commerce.shared.http.Id;
import kr.hhplus.commerce.shared.http.OwnIfAbsent;
import kr.hhplus.commerce.shared.http.answers.Answers;
import kr.hhplus.commerce.shared.http.answers.FastPath;
import kr.hhplus.commerce.shared.idempotency.RequestKey;
import kr.hhplus.commerce.shared.paging.Cursors;
import kr.hhplus.commerce.shared.paging.MoneyPage;
import kr.hhplus.commerce.shared.paging.Page;
import kr.hhplus.commerce.shared.paging.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CouponController {

    private final CouponDesk desk;
    private final Coupons coupons;

    CouponController(CouponDesk desk, Coupons coupons, FastPath fastPath) {
        this.desk = desk;
        this.coupons = coupons;
        fastPath.open("/coupons/issue", IssueRequest.class, this::issue);
    }

    @PostMapping("/coupons/issue")
    CompletableFuture<ResponseEntity<Coupon>> issue(
            Caller caller,
            @Valid @BodyOrParameters IssueRequest request,
            @RequestHeader(name = RequestKey.HEADER, required = false) String key) {
        return Answers.created(desk.issue(caller, request, key), null);
    }

    @GetMapping("/coupons")
    MoneyPage<Coupon> coupons(
            Caller caller,
            @RequestParam(required = false) @OwnIfAbsent @Id Long userId,
            @RequestParam(required = false) Coupon.Status status,
            @RequestParam(required = false) String cursor,
            @RequestParam(required = false) Integer size) {
        PageRequest page = PageRequest.of(cursor, size);
        long owner = caller.actingFor(userId);
        Cursors cursors = page.cursorsOf("coupons", owner, status);
        List<Coupon> found = coupons.ofUser(owner, status, cursors.idBefore(), page.size() + 1);
        return MoneyPage.of(
                Page.of(found, page.size(), cursors, Coupon::couponId).map(Coupon::listed));
    }
}
