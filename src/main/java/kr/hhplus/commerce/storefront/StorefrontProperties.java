package kr.hhplus.commerce.storefront;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import kr.hhplus.commerce.order.OrderRequest;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the storefront's pages.
 *
 * @param cartLinesMax different products in a cart
 * @param productsPerPage per page of the product list
 * @param bestSellers best sellers on the home page; 0: none
 * @param bestSellersRange the window of the best sellers
 * @param rowsPerPage orders, coupons and ledger entries per page
 */
@Validated
@ConfigurationProperties("commerce.storefront")
record StorefrontProperties(
        @Min(1) @Max(OrderRequest.LINES_MAX) @DefaultValue("30")
        int cartLinesMax,

        @Min(1) @Max(100) @DefaultValue("24") int productsPerPage,

        @Min(0) @Max(100) @DefaultValue("5") int bestSellers,

        @NotNull @DurationMin(minutes = 1) @DurationMax(days = 30) @DefaultValue("3d")
        Duration bestSellersRange,

        @Min(1) @Max(100) @DefaultValue("20") int rowsPerPage) {}
