package kr.hhplus.commerce.console;

import java.util.Map;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductCommand.ChangeProduct;
import kr.hhplus.commerce.catalog.ProductCommand.CreateProduct;
import kr.hhplus.commerce.catalog.ProductDetails;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.catalog.ProductService;
import kr.hhplus.commerce.catalog.ProductSort;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Products: all of them, a new one, and one by itself, to be changed and restocked. */
@HtmlPage
@RequestMapping(path = "/console/products", produces = MediaType.TEXT_HTML_VALUE)
class ProductPagesController {

    private static final int QUERY_LENGTH_MAX = 100;

    private final ProductList list;
    private final Products products;
    private final ProductService changes;
    private final ProductForm form;
    private final FormAnswers answers;

    ProductPagesController(
            ProductList list, Products products, ProductService changes, ProductForm form, FormAnswers answers) {
        this.list = list;
        this.products = products;
        this.changes = changes;
        this.form = form;
        this.answers = answers;
    }

    @GetMapping
    String list(
            @RequestParam(defaultValue = "") @CodePointLength(max = QUERY_LENGTH_MAX) String q,
            @RequestParam(defaultValue = "newest") String sort,
            @RequestParam(required = false) String cursor,
            Model model) {
        ProductSort order = ProductSort.parse(sort)
                .orElseThrow(() -> new RefusedException(InvalidRequest.at("/sort", "choice", "newest, stock, -stock")));
        model.addAttribute("products", list.page(q, order, PageRequest.of(cursor, 50)));
        model.addAttribute("q", q);
        model.addAttribute("sort", sort);
        return "console/products";
    }

    @GetMapping("/new")
    ModelAndView blank() {
        return create(FormAnswers.blank());
    }

    private ModelAndView create(Map<String, String> typed) {
        return new ModelAndView("console/product-new", "form", typed);
    }

    @PostMapping
    ModelAndView create(Submission sent) {
        return answers.answer(
                sent,
                () -> {
                    ProductDetails details = form.details(sent.typed(), sent.request());
                    IdempotencyKey key = IdempotencyKey.of(sent.caller(), sent.key(), "create product " + details);
                    return FormAnswers.settled(changes.submit(
                            new CreateProduct(details, sent.caller().name(), key)));
                },
                product -> "/console/products/" + product.productId() + "?done=created",
                () -> create(sent.typed()));
    }

    @GetMapping("/{productId}")
    ModelAndView one(@PathVariable @Id long productId) {
        return one(find(productId), Map.of());
    }

    private ModelAndView one(Product product, Map<String, String> typed) {
        Map<String, String> shown = FormAnswers.blank();
        shown.putAll(form.of(product));
        shown.putAll(typed);
        ModelAndView page = new ModelAndView("console/product", "product", product);
        page.addObject("form", shown);
        page.addObject("was", FormAnswers.was(form.of(product)));
        return page;
    }

    private Product find(long productId) {
        return products.find(productId).orElseThrow(() -> new RefusedException(new ProductNotFound(productId)));
    }

    @PostMapping("/{productId}")
    ModelAndView change(@PathVariable @Id long productId, Submission sent) {
        return answers.answer(
                sent,
                () -> FormAnswers.settled(changes.submit(new ChangeProduct(
                        productId,
                        form.patch(sent.typed(), sent.request()),
                        sent.caller().name()))),
                product -> "/console/products/" + productId + "?done=changed",
                () -> one(find(productId), sent.typed()));
    }

    @PostMapping("/{productId}/stock")
    ModelAndView adjust(@PathVariable @Id long productId, Submission sent) {
        return answers.answer(
                sent,
                () -> FormAnswers.settled(
                        changes.submit(form.adjustment(productId, sent.typed(), sent.caller(), sent.request()))),
                product -> "/console/products/" + productId + "?done=restocked",
                () -> one(find(productId), sent.typed()));
    }
}
