package kr.hhplus.commerce.storefront;

import java.util.Locale;
import java.util.Map;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.kernel.Refusal;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.web.problem.Problems;
import kr.hhplus.commerce.web.problem.Problems.Explanation;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says to a buyer why something was refused, with the product's name; in the API's words where it has no better. */
@Component
class RefusalMessages {

    private final MessageSource texts;
    private final Products products;

    RefusalMessages(MessageSource texts, Products products) {
        this.texts = texts;
        this.products = products;
    }

    /** What is shown. */
    record Words(String title, String text) {}

    Words say(Refusal refusal, Locale language) {
        return say(Problems.explanation(refusal, language), language);
    }

    Words say(Explanation refused, Locale language) {
        Map<String, Object> facts = refused.refusal().fields();
        Object[] arguments = {
            productName(facts.get("productId")),
            number(facts.get("available")),
            number(facts.get("required")),
            number(facts.get("limit"))
        };
        String key = "refused." + refused.code();
        return new Words(
                text(key + ".title", arguments, refused.title(), language),
                text(key, arguments, refused.detail(), language));
    }

    /** The other text is not one to fill in: it may be an operator's own words. */
    private String text(String key, Object[] arguments, String otherwise, Locale language) {
        String text = texts.getMessage(key, arguments, null, language);
        return text == null ? otherwise : text;
    }

    private String productName(Object productId) {
        return productId instanceof Long id
                ? products.find(id).map(Product::name).orElse(String.valueOf(id))
                : "";
    }

    private static Object number(Object fact) {
        return fact instanceof Won won ? Long.valueOf(won.amount()) : fact;
    }
}
