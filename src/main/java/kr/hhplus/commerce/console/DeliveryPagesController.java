package kr.hhplus.commerce.console;

import java.util.Map;
import kr.hhplus.commerce.eventlog.RelayService;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Deliveries to the data platform: how they go, what was refused, and sending again. */
@HtmlPage
@RequestMapping(path = "/console/deliveries", produces = MediaType.TEXT_HTML_VALUE)
class DeliveryPagesController {

    private final RelayService desk;
    private final ReplayStart start;
    private final FormAnswers answers;

    DeliveryPagesController(RelayService desk, ReplayStart start, FormAnswers answers) {
        this.desk = desk;
        this.start = start;
        this.answers = answers;
    }

    @GetMapping
    ModelAndView state(@RequestParam(required = false) String cursor) {
        return page(cursor, FormAnswers.blank());
    }

    private ModelAndView page(String cursor, Map<String, String> typed) {
        ModelAndView page = new ModelAndView("console/deliveries", "state", desk.state(PageRequest.of(cursor, null)));
        page.addObject("form", typed);
        return page;
    }

    @PostMapping("/replay")
    ModelAndView replay(Submission sent) {
        return answers.answer(
                sent,
                () -> FormAnswers.settled(desk.replay(start.of(sent.typed()), sent.caller(), sent.key())),
                replay -> "/console/deliveries?done=replay",
                () -> page(null, sent.typed()));
    }
}
