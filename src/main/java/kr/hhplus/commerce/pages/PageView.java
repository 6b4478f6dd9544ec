package kr.hhplus.commerce.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import kr.hhplus.commerce.kernel.ErrorCode;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.sale.SalePaused;
import kr.hhplus.commerce.web.problem.Problems.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * Available to every template as {@code page}: the visitor, the language, and the formats of money and time.
 */
public final class PageView {

    private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

    private final Visitor visitor;
    private final Locale language;
    private final String address;
    private final ZoneId zone;
    private final Optional<SignInLinks> links;
    private final Supplier<Optional<SalePaused>> sale;
    private final Supplier<@Nullable String> sentKey;
    private @Nullable Optional<SalePaused> pause;

    PageView(
            Visitor visitor,
            Locale language,
            String address,
            ZoneId zone,
            Optional<SignInLinks> links,
            Supplier<Optional<SalePaused>> sale,
            Supplier<@Nullable String> sentKey) {
        this.visitor = visitor;
        this.language = language;
        this.address = address;
        this.zone = zone;
        this.links = links;
        this.sale = sale;
        this.sentKey = sentKey;
    }

    public Visitor visitor() {
        return visitor;
    }

    /** {@code ko} or {@code en}. */
    public String language() {
        return language.getLanguage();
    }

    public boolean isKorean() {
        return language.equals(Locale.KOREAN);
    }

    /** The address of this page with its query, without the language parameter. */
    public String address() {
        return address;
    }

    /** Returns whether the address of this page is the path or below it. */
    public boolean isAt(String path) {
        return address.equals(path)
                || address.startsWith(path + "?")
                || path.length() > 1 && address.startsWith(path + "/");
    }

    /** The address of this page in another language. */
    public String in(String other) {
        return address + (address.indexOf('?') < 0 ? '?' : '&') + PageLanguage.PARAMETER + '=' + other;
    }

    /** Returns null if accounts are not enabled. */
    public @Nullable SignInLinks links() {
        return links.orElse(null);
    }

    /** The pause of the sale; null while the sale is open. Read at most once per page. */
    public @Nullable SalePaused pause() {
        if (pause == null) {
            pause = sale.get();
        }
        return pause.orElse(null);
    }

    /**
     * The idempotency key of a form on this page. A refused form keeps the key that it was sent with, so that sending
     * it again is a retry, unless the key was used for another request or is invalid.
     *
     * @param refused why the form was refused; null on a page that shows a form for the first time
     */
    public String formKey(@Nullable Explanation refused) {
        String sent = refused == null || refused.code() == ErrorCode.IDEMPOTENCY_KEY_REUSED ? null : sentKey.get();
        return sent != null && KEY.matcher(sent).matches() ? sent : "page-" + UUID.randomUUID();
    }

    public String won(Won amount) {
        return won(amount.amount());
    }

    public String won(long amount) {
        String number = String.format(Locale.ROOT, "%,d", Math.abs(amount));
        return (amount < 0 ? "\u2212" : "") + (isKorean() ? number + "원" : "₩" + number);
    }

    public String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The first letter of a name, as a substitute for a picture. */
    public String initial(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1));
    }

    /** A sequence as an ordinal, such as 17th. In Korean only the number; the message adds the word. */
    public String ordinal(long place) {
        if (isKorean()) {
            return number(place);
        }
        boolean teen = place / 10 % 10 == 1;
        String ending = teen
                ? "th"
                : switch ((int) (place % 10)) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number(place) + ending;
    }

    /** The id of the pages' time zone, such as {@code Asia/Seoul}. */
    public String zone() {
        return zone.getId();
    }

    public String time(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(isKorean() ? Locale.KOREA : Locale.UK)
                .withZone(zone)
                .format(instant);
    }
}
