package kr.hhplus.commerce.sale;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import kr.hhplus.commerce.sale.SaleSwitch.State;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.request.RequestCaller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET} and {@code PUT /admin/sale}. */
@RestController
@RequestMapping("/admin/sale")
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class AdminSaleController {

    private final SaleSwitch sale;
    private final SaleService service;

    AdminSaleController(SaleSwitch sale, SaleService service) {
        this.sale = sale;
        this.service = service;
    }

    @GetMapping
    State state() {
        return sale.state();
    }

    @PutMapping
    State set(@Valid @RequestBody SaleRequest request, HttpServletRequest http) {
        service.set(request.state(), RequestCaller.of(http).name());
        return sale.state();
    }
}
