package kr.hhplus.commerce.pages;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import kr.hhplus.commerce.kernel.Won;
import kr.hhplus.commerce.sale.SalePaused;

/**
 * What every template can ask, as {@code page}: who looks, in which language, and how money and time are written in it.
 */
public final class PageView {

    private final Visitor visitor;
    private final Locale language;
    private final String address;
    private final ZoneId zone;
    private final Optional<SignInLinks> links;
    private final Supplier<Optional<SalePaused>> sale;
    private Optional<SalePaused> pause;

    PageView(
            Visitor visitor,
            Locale language,
            String address,
            ZoneId zone,
            Optional<SignInLinks> links,
            Supplier<Optional<SalePaused>> sale) {
        this.visitor = visitor;
        this.language = language;
        this.address = address;
        this.zone = zone;
        this.links = links;
        this.sale = sale;
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

    /** Where this page is, with its query, but not the language. */
    public String address() {
        return address;
    }

    /** Whether this page is there, or below. */
    public boolean isAt(String path) {
        return address.equals(path)
                || address.startsWith(path + "?")
                || path.length() > 1 && address.startsWith(path + "/");
    }

    /** This page in another language. */
    public String in(String other) {
        return address + (address.indexOf('?') < 0 ? '?' : '&') + PageLanguage.PARAMETER + '=' + other;
    }

    /** Null where nobody signs in. */
    public SignInLinks links() {
        return links.orElse(null);
    }

    /** Why nothing is sold at present; null while the sale goes on. Asked once for a page. */
    public SalePaused pause() {
        if (pause == null) {
            pause = sale.get();
        }
        return pause.orElse(null);
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

    /** The first letter of a name, for want of a picture. */
    public String initial(String name) {
        return name.substring(0, name.offsetByCodePoints(0, 1));
    }

    /** A place in line: 17th; in Korean the number, to which the text adds its own word. */
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

    /** The id of the time zone in which times are shown and typed, such as {@code Asia/Seoul}. */
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
