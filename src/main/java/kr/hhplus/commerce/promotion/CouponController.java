package kr.hhplus.commerce.promotion;

import jakarta.validation.Valid;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.request.BodyOrParameters;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.FastPath;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CouponController {

    private final CouponService desk;
    private final Coupons coupons;

    CouponController(CouponService desk, Coupons coupons, FastPath fastPath) {
        this.desk = desk;
        this.coupons = coupons;
        fastPath.open("/coupons/issue", IssueRequest.class, this::issue);
    }

    @PostMapping("/coupons/issue")
    CompletableFuture<ResponseEntity<Coupon>> issue(
            Caller caller,
            @Valid @BodyOrParameters IssueRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.created(desk.issue(caller, request, key), null);
    }

    @GetMapping("/coupons")
    MoneyPage<Coupon> coupons(
            Caller caller,
            @RequestParam(required = false) @OwnerDefault @Id Long userId,
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
