package kr.hhplus.commerce.testkit.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** A person's browser, at one shop: looks, clicks and types, and waits until a page shows what it should. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PHONE_WIDTH = 390;
    private static final int PHONE_HEIGHT = 844;
    private static final int DESKTOP_HEIGHT = 900;

    private final ChromeDriver driver;
    private final List<String> expected = new ArrayList<>();
    private URI shop;

    Browser(ChromeDriver driver) {
        this.driver = driver;
        driver.manage().timeouts().pageLoadTimeout(PATIENCE).scriptTimeout(PATIENCE);
    }

    /** As new: no cookies, no complaints, scripts run. */
    public void forget() {
        scripts(true);
        scheme("light");
        driver.get("about:blank");
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        complaints();
        expected.clear();
    }

    public Browser at(int port) {
        shop = URI.create("http://127.0.0.1:" + port);
        return width(PHONE_WIDTH);
    }

    public Browser width(int pixels) {
        boolean phone = pixels <= PHONE_WIDTH;
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        pixels,
                        "height",
                        phone ? PHONE_HEIGHT : DESKTOP_HEIGHT,
                        "deviceScaleFactor",
                        1,
                        "mobile",
                        phone));
        return this;
    }

    /** Whether pages may run scripts. */
    public Browser scripts(boolean run) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
        return this;
    }

    /** As Lighthouse has it: 4G at its slowest (150 ms there and back, 1.6 Mbit/s), a processor a quarter as fast. */
    public Browser onASlowPhone(boolean slow) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline", false,
                        "latency", slow ? 150 : 0,
                        "downloadThroughput", slow ? 204_800 : -1,
                        "uploadThroughput", slow ? 96_000 : -1));
        driver.executeCdpCommand("Emulation.setCPUThrottlingRate", Map.of("rate", slow ? 4 : 1));
        return this;
    }

    /** With a cookie that the shop would have given. */
    public Browser having(String cookie, String value) {
        driver.executeCdpCommand(
                "Network.setCookie", Map.of("name", cookie, "value", value, "url", shop.toString(), "path", "/"));
        return this;
    }

    /** {@code light} or {@code dark}. */
    public Browser scheme(String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        return this;
    }

    public Browser open(String path) {
        driver.get(shop.resolve(path).toString());
        return this;
    }

    public Browser click(String css) {
        Awaitility.await("a click on " + css)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .ignoreExceptionsMatching(Browser::isOfAPageThatLeft)
                .until(() -> {
                    find(css).click();
                    return true;
                });
        return this;
    }

    /** Clicks what leads to another page, and waits until this one has gone. */
    public Browser follow(String css) {
        WebElement page = driver.findElement(By.tagName("html"));
        click(css);
        Awaitility.await("leaving " + driver.getCurrentUrl() + " by " + css)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> hasGone(page));
        return this;
    }

    private static boolean hasGone(WebElement element) {
        try {
            element.isEnabled();
            return false;
        } catch (WebDriverException e) {
            if (isOfAPageThatLeft(e)) {
                return true;
            }
            throw e;
        }
    }

    /** Between two pages the driver passes on what the browser says of the old one's elements, as an unknown error. */
    private static boolean isOfAPageThatLeft(Throwable error) {
        return error instanceof StaleElementReferenceException
                || error instanceof WebDriverException
                        && error.getMessage().contains("does not belong to the document");
    }

    /** In the place of what stood there. */
    public Browser type(String css, String text) {
        WebElement field = find(css);
        field.clear();
        field.sendKeys(text);
        return this;
    }

    /** The first that is visible, once there is one. */
    private WebElement find(String css) {
        return Awaitility.await(css + " on " + driver.getCurrentUrl())
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsMatching(Browser::isOfAPageThatLeft)
                .until(
                        () -> driver.findElements(By.cssSelector(css)).stream()
                                .filter(WebElement::isDisplayed)
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    public Browser waitFor(String css) {
        find(css);
        return this;
    }

    /** Until one of these shows a text with this in it. */
    public Browser waitFor(String css, String text) {
        return waitFor(css, shown -> shown.contains(text));
    }

    /** Until one of these shows such a text. */
    public Browser waitFor(String css, Predicate<String> wanted) {
        Awaitility.await(css + " on " + driver.getCurrentUrl())
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsMatching(Browser::isOfAPageThatLeft)
                .untilAsserted(() -> assertThat(texts(css)).anyMatch(wanted));
        return this;
    }

    public String text(String css) {
        return find(css).getText();
    }

    public List<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .toList();
    }

    public boolean shows(String css) {
        return driver.findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed);
    }

    /** Where it is, without the server. */
    public String path() {
        URI here = URI.create(driver.getCurrentUrl());
        return here.getRawQuery() == null ? here.getRawPath() : here.getRawPath() + "?" + here.getRawQuery();
    }

    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    public Object runAsync(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** What the console may say during this test: each refusal of the server is told there. */
    public Browser expecting(String complaint) {
        expected.add(complaint);
        return this;
    }

    /** What pages and the browser have complained about since this was asked last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(complaint -> expected.stream().noneMatch(complaint::contains))
                .toList();
    }

    /** For the report of a test that failed: where this browser is, what it shows and what pages complained about. */
    AssertionError asItIs() {
        return new AssertionError(driver.getCurrentUrl() + " shows\n" + texts("body") + "\n" + complaints());
    }

    /** What can be seen, as a picture. */
    public void picture(Path file) {
        run("document.activeElement.blur()");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
