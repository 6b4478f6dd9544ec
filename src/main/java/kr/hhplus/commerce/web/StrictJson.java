package kr.hhplus.commerce.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kr.hhplus.commerce.kernel.json.Instants;
import kr.hhplus.commerce.kernel.json.Texts;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Rejects JSON values whose type differs from the contract's. Complements {@code spring.jackson.*}. */
@Configuration(proxyBeanMethods = false)
public class StrictJson {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxNumberLength(64)
            .maxNameLength(256)
            .build();

    private static final List<CoercionInputShape> EMPTY =
            List.of(CoercionInputShape.EmptyString, CoercionInputShape.EmptyArray);

    /** Rejected JSON shapes by target type. An integer is accepted as a floating-point number. */
    private static final Map<LogicalType, List<CoercionInputShape>> REJECTED = Map.of(
            LogicalType.Textual,
                    List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean),
            LogicalType.Integer,
                    List.of(CoercionInputShape.String, CoercionInputShape.Float, CoercionInputShape.Boolean),
            LogicalType.Float, List.of(CoercionInputShape.String, CoercionInputShape.Boolean),
            LogicalType.Boolean,
                    List.of(CoercionInputShape.String, CoercionInputShape.Integer, CoercionInputShape.Float),
            LogicalType.Enum, List.of(CoercionInputShape.Integer),
            LogicalType.POJO, List.of(),
            LogicalType.Collection, List.of(),
            LogicalType.Array, List.of(),
            LogicalType.Map, List.of());

    /** Returns the module that reads strings and instants strictly. */
    public static Module module() {
        return new SimpleModule("strict-json")
                .addDeserializer(String.class, new Texts())
                .addDeserializer(Instant.class, new Instants.Reader())
                .addSerializer(Instant.class, new Instants.Writer());
    }

    /** Distinguishes an absent field (null) from JSON null (empty), which a merge patch needs. */
    @Bean
    Jdk8Module optionals() {
        Jdk8Module module = new Jdk8Module();
        module.configureReadAbsentAsNull(true);
        return module;
    }

    @Bean
    Jackson2ObjectMapperBuilderCustomizer strictness() {
        return builder -> builder.factory(
                        JsonFactory.builder().streamReadConstraints(LIMITS).build())
                .postConfigurer(StrictJson::rejectCoercion)
                .postConfigurer(mapper -> mapper.registerModule(module()));
    }

    private static void rejectCoercion(ObjectMapper mapper) {
        REJECTED.forEach((type, shapes) -> {
            shapes.forEach(shape -> mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail));
            if (type != LogicalType.Textual) {
                EMPTY.forEach(shape -> mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail));
            }
        });
    }
}
