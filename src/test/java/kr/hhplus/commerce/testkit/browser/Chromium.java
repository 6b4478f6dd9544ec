package kr.hhplus.commerce.testkit.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium of this system, without a window, and its driver. Both are looked for, and neither is fetched. */
public final class Chromium {

    private static final String LOG =
            "target/chromedriver-" + ProcessHandle.current().pid() + ".log";
    private static final Optional<Path> PROGRAM =
            find("browser.program", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome");
    private static final Optional<Path> DRIVER = find("browser.driver", "chromedriver");

    private Chromium() {}

    /** Why no browser can be driven here, or nothing. */
    static String missing() {
        if (PROGRAM.isEmpty()) {
            return "no Chromium on the PATH (-Dbrowser.program=<file>)";
        }
        return DRIVER.isEmpty() ? "no chromedriver on the PATH (-Dbrowser.driver=<file>)" : "";
    }

    private static Optional<Path> find(String property, String... names) {
        Stream<Path> given = Stream.ofNullable(System.getProperty(property)).map(Path::of);
        Stream<Path> onPath = Stream.of(names).flatMap(name -> Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name)));
        return Stream.concat(given, onPath).filter(Files::isExecutable).findFirst();
    }

    /** A browser with a profile of its own, which speaks to no proxy and to nobody but the servers of the tests. */
    static ChromeDriver start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM.orElseThrow().toFile());
        options.addArguments(List.of(
                "--headless=new",
                // Root has no sandbox, and a container's shared memory is small.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--no-proxy-server",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-prefers-reduced-motion",
                "--hide-scrollbars",
                "--lang=en"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.orElseThrow().toFile())
                .usingAnyFreePort()
                .withLogFile(new File(LOG))
                .build();
        return new ChromeDriver(service, options);
    }
}
