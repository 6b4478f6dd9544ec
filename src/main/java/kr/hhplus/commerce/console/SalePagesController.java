package kr.hhplus.commerce.console;

import java.util.Map;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.sale.SaleRequest;
import kr.hhplus.commerce.sale.SaleService;
import kr.hhplus.commerce.sale.SaleSwitch;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The kill switch: asked once more before it is thrown, in either direction. */
@HtmlPage
@RequestMapping(path = "/console/sale", produces = MediaType.TEXT_HTML_VALUE)
class SalePagesController {

    private final SaleSwitch sale;
    private final SaleService changes;
    private final Forms forms;
    private final FormAnswers answers;

    SalePagesController(SaleSwitch sale, SaleService changes, Forms forms, FormAnswers answers) {
        this.sale = sale;
        this.changes = changes;
        this.forms = forms;
        this.answers = answers;
    }

    @GetMapping
    ModelAndView ask(@RequestParam Map<String, String> typed) {
        ModelAndView page = new ModelAndView("console/sale", "form", typed);
        page.addObject("state", sale.state());
        page.addObject("pausing", !"false".equals(typed.get("paused")));
        return page;
    }

    @PostMapping
    ModelAndView set(Submission sent) {
        return answers.answer(
                sent,
                () -> {
                    TypedForm form = forms.of(sent.typed()).booleans("paused").texts("message");
                    SaleRequest wanted = forms.read(form, SaleRequest.class, sent.request());
                    changes.set(wanted.state(), sent.caller().name());
                    return wanted;
                },
                wanted -> "/console?done=" + (wanted.paused() ? "paused" : "resumed"),
                () -> ask(sent.typed()));
    }
}
