package kr.hhplus.commerce.security.sessions;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import kr.hhplus.commerce.kernel.Id;
import kr.hhplus.commerce.kernel.RefusedException;
import kr.hhplus.commerce.pages.HtmlPage;
import kr.hhplus.commerce.pages.PageErrors;
import kr.hhplus.commerce.pages.SeeOther;
import kr.hhplus.commerce.pages.Visitor;
import kr.hhplus.commerce.security.ConditionalOnAccounts;
import kr.hhplus.commerce.security.accounts.Administrators;
import kr.hhplus.commerce.web.endpoint.Access;
import kr.hhplus.commerce.web.endpoint.AccessRule;
import kr.hhplus.commerce.web.endpoint.RateLimitGroup;
import kr.hhplus.commerce.web.endpoint.RateLimited;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/** The console's page of administrators. */
@HtmlPage
@ConditionalOnAccounts
@RequestMapping(path = AdministratorPagesController.ADDRESS, produces = MediaType.TEXT_HTML_VALUE)
@Access(AccessRule.ADMIN)
@RateLimited(RateLimitGroup.ADMIN)
class AdministratorPagesController {

    static final String ADDRESS = "/console/administrators";

    private final Administrators administrators;
    private final PageErrors errors;

    AdministratorPagesController(Administrators administrators, PageErrors errors) {
        this.administrators = administrators;
        this.errors = errors;
    }

    @GetMapping
    ModelAndView list() {
        return new ModelAndView("console/administrators", model());
    }

    @PostMapping
    View grant(Visitor visitor, @RequestParam String name) {
        administrators.grant(name.strip(), visitor.caller());
        return SeeOther.to(ADDRESS + "?done=changed");
    }

    @PostMapping("/revoke")
    View revoke(Visitor visitor, @RequestParam @Id long userId) {
        administrators.revoke(userId, visitor.caller());
        return SeeOther.to(ADDRESS + "?done=changed");
    }

    @ExceptionHandler
    ModelAndView again(RefusedException refused, HttpServletRequest request, HttpServletResponse response) {
        return errors.again("console/administrators", model(), errors.explain(refused, request, response));
    }

    private Map<String, Object> model() {
        return Map.of("administrators", administrators.all());
    }
}
