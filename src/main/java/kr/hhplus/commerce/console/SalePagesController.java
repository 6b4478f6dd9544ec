package kr.hhplus.commerce.console;

import jakarta.validation.Valid;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.sale.SaleRequest;
import kr.hhplus.commerce.sale.SaleService;
import kr.hhplus.commerce.sale.SaleSwitch;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** The sale switch. Pausing and resuming both ask for a confirmation. */
@HtmlPage
@RequestMapping(path = "/console/sale", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class SalePagesController {

    private final SaleSwitch sale;
    private final SaleService service;
    private final FormBinding binding;
    private final FormSubmissions submissions;

    SalePagesController(SaleSwitch sale, SaleService service, FormBinding binding, FormSubmissions submissions) {
        this.sale = sale;
        this.service = service;
        this.binding = binding;
        this.submissions = submissions;
    }

    @InitBinder("form")
    void bind(WebDataBinder binder) {
        binding.register(binder);
    }

    /** The query of the page sets the state that its form proposes. Without one, the form proposes to pause. */
    @GetMapping
    ModelAndView ask(@ModelAttribute("form") SaleRequest form, BindingResult errors) {
        ModelAndView page = new ModelAndView("console/sale", "state", sale.state());
        page.addObject("pausing", !Boolean.FALSE.equals(form.paused()));
        return page;
    }

    @PostMapping
    ModelAndView set(
            Visitor visitor,
            @Valid @ModelAttribute("form") SaleRequest form,
            BindingResult errors,
            ServletWebRequest request) {
        return submissions
                .run(errors, request, () -> {
                    service.set(form.state(), visitor.caller().name());
                    return form.paused() ? "paused" : "resumed";
                })
                .map(done -> new ModelAndView(SeeOther.to("/console?done=" + done)))
                .orElseGet(() -> ask(form, errors));
    }
}
