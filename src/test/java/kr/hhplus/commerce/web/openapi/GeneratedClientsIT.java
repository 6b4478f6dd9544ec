package kr.hhplus.commerce.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kr.hhplus.commerce.testkit.Shop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

/**
 * Clients that generators make of the document compile, and buy from a running shop by the journeys in
 * {@code src/test/clients}, with the profile {@code full}. {@link GeneratorCompatibilityTests} keeps the document
 * readable for them in every build.
 */
@Tag("full")
class GeneratedClientsIT {

    private static final String ALL = "all";
    private static final boolean IS_FULL = ALL.equals(System.getProperty("clients"));
    private static final Path JOURNEYS = Path.of("src/test/clients").toAbsolutePath();
    private static final Path DOCUMENT =
            Path.of("src/main/resources/openapi/openapi.yaml").toAbsolutePath();
    private static final Path WORK = Path.of("target/clients").toAbsolutePath();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String JAVAC = JAVA + "c";
    private static final Map<String, String> NO_VARIABLES = Map.of();
    private static final AtomicLong USERS = new AtomicLong(100);

    private static Shop shop;

    @BeforeAll
    static void aNewShop(@TempDir Path data) {
        shop = Shop.openWithSampleData(data);
    }

    @AfterAll
    static void closeTheShop() {
        shop.close();
    }

    static List<Path> generators() throws IOException {
        try (Stream<Path> jars = Files.list(WORK.resolve("generators"))) {
            return jars.sorted().limit(IS_FULL ? Long.MAX_VALUE : 1).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("generators")
    void buysInJava(Path generator) throws Exception {
        Path client = generate(generator, "java", "--library=native", "--additional-properties=useJakartaEe=true");
        Map<String, String> classPath =
                Map.of("CLASSPATH", client.resolve("out") + File.pathSeparator + System.getProperty("java.class.path"));
        Path sources = client.resolve("sources.txt");
        Files.write(sources, sources(client.resolve("src/main/java"), JOURNEYS.resolve("java")));
        run(client, classPath, JAVAC, "-proc:none", "-nowarn", "-d", "out", "@" + sources);
        buy(client, classPath, JAVA, "Journey");
    }

    @ParameterizedTest
    @MethodSource("generators")
    @EnabledIfSystemProperty(named = "clients", matches = ALL, disabledReason = "only with -Pfull")
    void buysInPython(Path generator) throws Exception {
        String needed = "import pydantic, urllib3, dateutil; assert pydantic.VERSION >= '2', pydantic.VERSION";
        assumeRuns("Python 3 with pydantic 2, urllib3 and dateutil is not here", "python3", "-c", needed);
        Path client = generate(generator, "python");
        Map<String, String> here = Map.of("PYTHONPATH", client.toString());
        String everyModule = "import pkgutil, importlib, openapi_client as c; "
                + "[importlib.import_module(m.name) for m in pkgutil.walk_packages(c.__path__, 'openapi_client.')]";
        run(client, here, "python3", "-c", everyModule);
        buy(client, here, "python3", JOURNEYS.resolve("python/journey.py").toString());
    }

    @ParameterizedTest
    @MethodSource("generators")
    @EnabledIfSystemProperty(named = "clients", matches = ALL, disabledReason = "only with -Pfull")
    void buysInKotlin(Path generator) throws Exception {
        Path client = generate(generator, "kotlin");
        Path pom = JOURNEYS.resolve("kotlin/pom.xml");
        Path libraries = WORK.resolve("kotlin-libraries");
        String copy = "dependency:copy-dependencies";
        run(JOURNEYS, NO_VARIABLES, mvnw(), "-B", "-ntp", "-q", "-f", "" + pom, copy, "-DoutputDirectory=" + libraries);
        try (Stream<Path> jars = Files.list(libraries)) {
            String all = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            List<String> compile = new ArrayList<>(
                    List.of(JAVA, "-XX:TieredStopAtLevel=1", "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-nowarn"));
            compile.addAll(List.of("-no-stdlib", "-no-reflect", "-cp", all, "-d", "out", "src/main/kotlin"));
            compile.add(JOURNEYS.resolve("kotlin/Journey.kt").toString());
            run(client, Map.of("CLASSPATH", all), compile.toArray(String[]::new));
            buy(client, Map.of("CLASSPATH", all + File.pathSeparator + client.resolve("out")), JAVA, "JourneyKt");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "clients", matches = ALL, disabledReason = "only with -Pfull")
    void buysInTypeScript() throws Exception {
        assumeRuns("Node.js with npm is not here", "npm", "--version");
        Path client = emptied(WORK.resolve("typescript"));
        FileSystemUtils.copyRecursively(JOURNEYS.resolve("typescript"), client);
        run(client, NO_VARIABLES, "npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock");
        String tools = "node_modules/.bin/";
        run(client, NO_VARIABLES, tools + "openapi-typescript", DOCUMENT.toString(), "-o", "shop.d.ts");
        run(client, NO_VARIABLES, tools + "tsc", "-p", ".");
        buy(client, NO_VARIABLES, "node", "out/journey.js");
    }

    private static String mvnw() {
        return Path.of("mvnw").toAbsolutePath().toString();
    }

    private static Path generate(Path generator, String language, String... options) throws Exception {
        String version = generator.getFileName().toString().replaceAll(".*-|\\.jar", "");
        Path client = emptied(WORK.resolve(language + "-" + version));
        List<String> command = new ArrayList<>(List.of(JAVA, "-jar", generator.toString(), "generate"));
        command.addAll(List.of("-i", DOCUMENT.toString(), "-g", language, "-o", client.toString()));
        command.addAll(List.of("--global-property", "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"));
        command.addAll(List.of(options));
        run(client, NO_VARIABLES, command.toArray(String[]::new));
        return client;
    }

    private static List<String> sources(Path... roots) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> sources.add(file.toString()));
            }
        }
        return sources;
    }

    private static Path emptied(Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
        return Files.createDirectories(folder);
    }

    private static void buy(Path client, Map<String, String> variables, String... command) throws Exception {
        List<String> withArguments = new ArrayList<>(List.of(command));
        withArguments.add(shop.instances().get(0).base().toString());
        withArguments.add("" + USERS.incrementAndGet());
        assertThat(run(client, variables, withArguments.toArray(String[]::new))).contains("bought 0");
    }

    private static void assumeRuns(String otherwise, String... command) throws Exception {
        boolean runs;
        try {
            runs = new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            runs = false;
        }
        assumeTrue(runs, otherwise);
    }

    /** Runs to its end, which must be a good one; returns what was printed. */
    private static String run(Path folder, Map<String, String> variables, String... command) throws Exception {
        Path log = Files.createTempFile(WORK, "step-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(15, TimeUnit.MINUTES);
            String printed = Files.readString(log);
            String end = printed.substring(Math.max(0, printed.length() - 4_000));
            assertThat(ended && process.exitValue() == 0)
                    .as("%s in %s%n%s", command[0], folder.getFileName(), end)
                    .isTrue();
            return printed;
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
