package kr.hhplus.commerce.pages;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/** The redirect after a successful form (303), so that a reload does not send the form again. */
public final class SeeOther {

    /** A path, and a query of any characters that RFC 3986 allows in one. */
    private static final Pattern OWN = Pattern.compile(
            "/(?:[A-Za-z0-9._~%=&+,-][A-Za-z0-9._~%=&+,/-]*)?" + "(?:\\?[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?");

    /** A dot segment, also percent-encoded: the container refuses to redirect above the root. */
    private static final Pattern DOTS = Pattern.compile("(?i)/(?:\\.|%2e){1,2}(?:[/?]|$)");

    private static final Pattern BROKEN_ENCODING = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private SeeOther() {}

    /**
     * Redirects with 303.
     *
     * @param address on this server
     */
    public static View to(String address) {
        RedirectView view = new RedirectView(address, true);
        // Otherwise the status is 302.
        view.setHttp10Compatible(false);
        view.setExposeModelAttributes(false);
        view.setExpandUriTemplateVariables(false);
        return view;
    }

    /**
     * Returns an address from a request if it is safe to redirect to, else the home page. {@code //host} and {@code
     * /\host} are other servers; {@code /shop/../x} has dot segments.
     */
    public static String ownOrHome(@Nullable String address) {
        boolean own = address != null
                && OWN.matcher(address).matches()
                && !DOTS.matcher(address).find()
                && !BROKEN_ENCODING.matcher(address).find();
        return own ? address : "/";
    }
}
