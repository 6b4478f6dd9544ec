package kr.hhplus.commerce.pages.assets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/** Addresses of scripts and styles that change with their content, so that browsers may cache them. */
@Component
class Assets {

    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /** Returns the address of a file below {@code static/assets}. */
    public String own(String file) {
        return addresses.computeIfAbsent(file, Assets::address);
    }

    private static String address(String file) {
        try (InputStream content = new ClassPathResource("static/assets/" + file).getInputStream()) {
            return "/assets/" + file + "?v="
                    + DigestUtils.md5DigestAsHex(content).substring(0, 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the address of a file of a web jar. */
    public String vendor(String jar, String file) {
        return addresses.computeIfAbsent(jar + "/" + file, name -> "/assets/vendor/" + file + "?v=" + version(jar));
    }

    static String version(String jar) {
        try {
            Properties properties = PropertiesLoaderUtils.loadProperties(
                    new ClassPathResource("META-INF/maven/org.webjars.npm/" + jar + "/pom.properties"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
