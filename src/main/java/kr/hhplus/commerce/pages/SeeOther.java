package kr.hhplus.commerce.pages;

import java.util.regex.Pattern;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** What a form that did its work answers: look there. A reload then repeats the look, not the work. */
public final class SeeOther {

    private static final Pattern OWN = Pattern.compile("/(?:[A-Za-z0-9._~%=&?+,-][A-Za-z0-9._~%=&?+,/-]*)?");

    /** A segment that leads up or nowhere, also percent-encoded: the container refuses to redirect above the root. */
    private static final Pattern DOTS = Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:[/?]|$)");

    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private SeeOther() {}

    /** @param address on this server */
    public static View to(String address) {
        RedirectView view = new RedirectView(address, true);
        // For browsers of this century that is 303.
        view.setHttp10Compatible(false);
        view.setExposeModelAttributes(false);
        view.setExpandUriTemplateVariables(false);
        return view;
    }

    /**
     * The address that came with a request, where it surely lies on this server, or the first page. {@code //host} and
     * {@code /\host} do not; {@code /shop/../x} is none that this server gives out.
     */
    public static String ownOrHome(String address) {
        boolean own = address != null
                && OWN.matcher(address).matches()
                && !DOTS.matcher(address).find()
                && !BROKEN_ENCODING.matcher(address).find();
        return own ? address : "/";
    }
}
