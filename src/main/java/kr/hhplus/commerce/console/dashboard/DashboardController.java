package kr.hhplus.commerce.console.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.promotion.Campaign;
import kr.hhplus.commerce.promotion.Campaigns;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import kr.hhplus.commerce.web.sse.SseHub;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The dashboard: rendered with the newest sample, then updated by server-sent events. */
@HtmlPage
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class DashboardController {

    private static final int CAMPAIGNS_READ = 50;
    private static final int CAMPAIGNS_SHOWN = 4;

    private final Sampler sampler;
    private final SseHub hub;
    private final Campaigns campaigns;
    private final Clock clock;

    DashboardController(Sampler sampler, SseHub hub, Campaigns campaigns, Clock clock) {
        this.sampler = sampler;
        this.hub = hub;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @GetMapping(path = "/console", produces = MediaType.TEXT_HTML_VALUE)
    String dashboard(Model model) {
        Instant now = clock.instant();
        List<Campaign> next = campaigns.openOrScheduled(now, Long.MAX_VALUE, CAMPAIGNS_READ).stream()
                .sorted(Comparator.comparing(Campaign::startsAt))
                .limit(CAMPAIGNS_SHOWN)
                .toList();
        model.addAttribute("sample", sampler.now());
        model.addAttribute("campaigns", next);
        model.addAttribute("now", now);
        return "console/dashboard";
    }

    @GetMapping(path = "/console/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void live(HttpServletRequest request, HttpServletResponse response) throws IOException {
        hub.subscribe(request, response, sampler, sampler.subscriber());
    }
}
