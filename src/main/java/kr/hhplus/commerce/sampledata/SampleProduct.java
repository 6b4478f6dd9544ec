package kr.hhplus.commerce.sampledata;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of {@code sample/products.tsv}. The shop lists the last line of the file first. */
record SampleProduct(
        String name,
        String description,
        long price,
        long stock,
        @Nullable Long purchaseLimit,
        @Nullable Duration saleStartsIn) {

    static List<SampleProduct> all() {
        try (InputStream file = SampleProduct.class.getResourceAsStream("/sample/products.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(SampleProduct::of)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read sample/products.tsv from the class path", e);
        }
    }

    private static SampleProduct of(String[] field) {
        return new SampleProduct(
                field[0],
                field[1],
                Long.parseLong(field[2]),
                Long.parseLong(field[3]),
                field[4].isEmpty() ? null : Long.valueOf(field[4]),
                field[5].isEmpty() ? null : Duration.parse(field[5]));
    }
}
