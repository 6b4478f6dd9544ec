package kr.hhplus.commerce.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductCommand.AdjustStock;
import kr.hhplus.commerce.catalog.ProductDetails;
import kr.hhplus.commerce.catalog.ProductPatch;
import kr.hhplus.commerce.catalog.StockRequest;
import kr.hhplus.commerce.kernel.Caller;
import kr.hhplus.commerce.pages.FormTimes;
import org.springframework.stereotype.Component;

/** Products as forms have them. */
@Component
class ProductForm {

    private final Forms forms;
    private final FormTimes times;

    ProductForm(Forms forms, FormTimes times) {
        this.forms = forms;
        this.times = times;
    }

    ProductDetails details(Map<String, String> typed, HttpServletRequest request) {
        TypedForm form = changeable(typed).numbers("stock");
        return forms.read(form, ProductDetails.class, request);
    }

    ProductPatch patch(Map<String, String> typed, HttpServletRequest request) {
        return forms.read(changeable(typed), ProductPatch.class, request);
    }

    private TypedForm changeable(Map<String, String> typed) {
        return forms.of(typed)
                .texts("name", "description")
                .numbers("price", "purchaseLimit")
                .times("saleStartsAt", "saleEndsAt");
    }

    Map<String, String> of(Product product) {
        Map<String, String> form = new HashMap<>();
        form.put("name", product.name());
        form.put("description", product.description() == null ? "" : product.description());
        form.put("price", String.valueOf(product.price().amount()));
        form.put("purchaseLimit", product.purchaseLimit() == null ? "" : String.valueOf(product.purchaseLimit()));
        form.put("saleStartsAt", times.typed(product.saleStartsAt()));
        form.put("saleEndsAt", times.typed(product.saleEndsAt()));
        return form;
    }

    AdjustStock adjustment(long productId, Map<String, String> typed, Caller caller, HttpServletRequest request) {
        TypedForm form = forms.of(typed).numbers("delta").texts("reason");
        StockRequest adjustment = forms.read(form, StockRequest.class, request);
        return adjustment.of(productId, caller, typed.get("key"));
    }
}
