package kr.hhplus.commerce.console;

import java.time.Instant;
import kr.hhplus.commerce.eventlog.relay.RelayService;
import kr.hhplus.commerce.kernel.paging.PageRequest;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.ModelAndView;

/** The relay to the data platform: its state, its dead letters, and replays. */
@HtmlPage
@RequestMapping(path = "/console/deliveries", produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class DeliveryPagesController {

    private final RelayService relay;
    private final FormBinding binding;
    private final FormSubmissions submissions;

    DeliveryPagesController(RelayService relay, FormBinding binding, FormSubmissions submissions) {
        this.relay = relay;
        this.binding = binding;
        this.submissions = submissions;
    }

    @InitBinder("form")
    void bind(WebDataBinder binder) {
        binding.register(binder);
    }

    /** Where a replay starts: at an event or at a time. */
    record ReplayForm(String from, Instant time) {

        void validate(BindingResult errors) {
            if (from == null && time == null) {
                errors.rejectValue("from", "Visible");
            } else if (from != null && time != null) {
                errors.rejectValue("time", "Null");
            }
        }

        String start() {
            return from == null ? time.toString() : from;
        }
    }

    @GetMapping
    ModelAndView state(@RequestParam(required = false) String cursor) {
        return page(cursor).addObject("form", new ReplayForm(null, null));
    }

    private ModelAndView page(String cursor) {
        return new ModelAndView("console/deliveries", "state", relay.state(PageRequest.of(cursor, null)));
    }

    @PostMapping("/replay")
    ModelAndView replay(
            Visitor visitor,
            @RequestParam(required = false) String key,
            @ModelAttribute("form") ReplayForm form,
            BindingResult errors,
            ServletWebRequest request) {
        if (!errors.hasErrors()) {
            form.validate(errors);
        }
        return submissions
                .submit(errors, request, () -> relay.replay(form.start(), visitor.caller(), key))
                .map(replay -> new ModelAndView(SeeOther.to("/console/deliveries?done=replay")))
                .orElseGet(() -> page(null));
    }
}
