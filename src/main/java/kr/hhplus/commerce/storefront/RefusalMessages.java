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

/** Renders refusals for buyers, with the product's name. A code without a message of its own uses the API's text. */
@Component
class RefusalMessages {

    private final MessageSource messages;
    private final Products products;

    RefusalMessages(MessageSource messages, Products products) {
        this.messages = messages;
        this.products = products;
    }

    /** The text of a refusal for buyers. */
    record Message(String title, String text) {}

    Message render(Refusal refusal, Locale language) {
        return render(Problems.explanation(refusal, language), language);
    }

    Message render(Explanation refused, Locale language) {
        Map<String, Object> fields = refused.refusal().fields();
        Object[] arguments = {
            productName(fields.get("productId")),
            number(fields.get("available")),
            number(fields.get("required")),
            number(fields.get("limit"))
        };
        String key = "refused." + refused.code();
        String textKey = fields.containsKey("cause") ? key + "." + fields.get("cause") : key;
        return new Message(
                text(key + ".title", arguments, refused.title(), language),
                text(textKey, arguments, refused.detail(), language));
    }

    /** The fallback is not used as a pattern: it may be an operator's text that contains braces. */
    private String text(String key, Object[] arguments, String fallback, Locale language) {
        String text = messages.getMessage(key, arguments, null, language);
        return text == null ? fallback : text;
    }

    private String productName(Object productId) {
        return productId instanceof Long id
                ? products.find(id).map(Product::name).orElse(String.valueOf(id))
                : "";
    }

    private static Object number(Object value) {
        return value instanceof Won won ? Long.valueOf(won.amount()) : value;
    }
}
