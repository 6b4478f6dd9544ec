package kr.hhplus.commerce.promotion;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.Cursors;
import kr.hhplus.commerce.kernel.paging.MoneyPage;
import kr.hhplus.commerce.kernel.paging.Page;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.FastPath;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.BodyOrParameters;
import kr.hhplus.commerce.web.request.OwnerDefault;
import kr.hhplus.commerce.web.response.Responses;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Access(AccessRule.AUTHENTICATED)
class CouponController {

    private final CouponService couponService;
    private final Coupons coupons;

    CouponController(CouponService couponService, Coupons coupons) {
        this.couponService = couponService;
        this.coupons = coupons;
    }

    @PostMapping("/coupons/issue")
    @RateLimited(RateLimitGroup.ISSUE)
    @FastPath
    CompletableFuture<ResponseEntity<Coupon>> issue(
            Caller caller,
            @BodyOrParameters IssueRequest request,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) String key) {
        return Responses.created(couponService.issue(caller, request, key), null);
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
