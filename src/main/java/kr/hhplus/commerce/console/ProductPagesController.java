package kr.hhplus.commerce.console;

import jakarta.validation.Valid;
import kr.hhplus.commerce.catalog.Product;
import kr.hhplus.commerce.catalog.ProductCommand.ChangeProduct;
import kr.hhplus.commerce.catalog.ProductCommand.CreateProduct;
import kr.hhplus.commerce.catalog.ProductDetails;
import kr.hhplus.commerce.catalog.ProductList;
import kr.hhplus.commerce.catalog.ProductRefusal.ProductNotFound;
import kr.hhplus.commerce.catalog.ProductService;
import kr.hhplus.commerce.catalog.ProductSort;
import kr.hhplus.commerce.catalog.Products;
import kr.hhplus.commerce.catalog.StockRequest;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.InvalidRequest;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.kernel.idempotency.IdempotencyKey;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** Products: list, creation, changes and stock adjustments. */
@HtmlPage
@RequestMapping(path = "/console/products", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class ProductPagesController {

    private static final int QUERY_LENGTH_MAX = 100;

    private final ProductList list;
    private final Products products;
    private final ProductService service;
    private final FormBinding binding;
    private final FormSubmissions submissions;

    ProductPagesController(
            ProductList list,
            Products products,
            ProductService service,
            FormBinding binding,
            FormSubmissions submissions) {
        this.list = list;
        this.products = products;
        this.service = service;
        this.binding = binding;
        this.submissions = submissions;
    }

    @InitBinder({"form", "stock"})
    void bind(WebDataBinder binder) {
        binding.register(binder);
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
        return new ModelAndView(
                "console/product-new", "form", new ProductDetails(null, null, null, null, null, null, null, null));
    }

    @PostMapping
    ModelAndView create(
            Visitor visitor,
            @RequestParam(required = false) String key,
            @Valid @ModelAttribute("form") ProductDetails form,
            BindingResult errors,
            ServletWebRequest request) {
        return submissions
                .submit(
                        errors,
                        request,
                        () -> service.submit(new CreateProduct(
                                form,
                                visitor.caller().name(),
                                IdempotencyKey.of(visitor.caller(), key, "create product " + form))))
                .map(product -> done(product.productId(), "created"))
                .orElseGet(() -> new ModelAndView("console/product-new"));
    }

    @GetMapping("/{productId}")
    ModelAndView one(@PathVariable @Id long productId) {
        Product product = find(productId);
        return page(product)
                .addObject("form", ProductForm.of(product))
                .addObject("stock", new StockRequest(null, null));
    }

    private static ModelAndView page(Product product) {
        return new ModelAndView("console/product", "product", product);
    }

    private static ModelAndView done(long productId, String action) {
        return new ModelAndView(SeeOther.to("/console/products/" + productId + "?done=" + action));
    }

    private Product find(long productId) {
        return products.find(productId).orElseThrow(() -> new RefusedException(new ProductNotFound(productId)));
    }

    @PostMapping("/{productId}")
    ModelAndView change(
            Visitor visitor,
            @PathVariable @Id long productId,
            @Valid @ModelAttribute("form") ProductForm form,
            BindingResult errors,
            ServletWebRequest request) {
        return submissions
                .submit(
                        errors,
                        request,
                        () -> service.submit(new ChangeProduct(
                                productId,
                                submissions.valid(form.patch()),
                                visitor.caller().name())))
                .map(product -> done(productId, "changed"))
                .orElseGet(() -> page(find(productId)).addObject("stock", new StockRequest(null, null)));
    }

    @PostMapping("/{productId}/stock")
    ModelAndView adjust(
            Visitor visitor,
            @PathVariable @Id long productId,
            @RequestParam(required = false) String key,
            @Valid @ModelAttribute("stock") StockRequest stock,
            BindingResult errors,
            ServletWebRequest request) {
        return submissions
                .submit(errors, request, () -> service.submit(stock.of(productId, visitor.caller(), key)))
                .map(product -> done(productId, "restocked"))
                .orElseGet(() -> {
                    Product product = find(productId);
                    return page(product).addObject("form", ProductForm.of(product));
                });
    }
}
