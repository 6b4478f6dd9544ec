package kr.hhplus.commerce.sale;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import kr.hhplus.commerce.sale.SaleSwitch.State;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/admin/sale")
class AdminSaleController {

    private final SaleSwitch sale;

    AdminSaleController(SaleSwitch sale) {
        this.sale = sale;
    }

    record SaleRequest(
            @NotNull Boolean paused, @Size(max = 200) String message) {}

    @GetMapping
    State state() {
        return sale.state();
    }

    @PutMapping
    State set(@Valid @RequestBody SaleRequest request) {
        sale.set(new State(request.paused(), request.message()));
        return sale.state();
    }
}
