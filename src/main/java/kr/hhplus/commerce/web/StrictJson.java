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

/** JSON without goodwill: a value has the type that the contract says, or is refused. Adds to what the settings do. */
@Configuration(proxyBeanMethods = false)
public class StrictJson {

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(32)
            .maxNumberLength(64)
            .maxNameLength(256)
            .build();

    private static final List<CoercionInputShape> EMPTY =
            List.of(CoercionInputShape.EmptyString, CoercionInputShape.EmptyArray);

    /** Shapes that would be turned into another type, by that type. An integer is a number, so it may be a float. */
    private static final Map<LogicalType, List<CoercionInputShape>> REFUSED = Map.of(
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

    /** Texts and times, for a mapper of any origin. */
    public static Module module() {
        return new SimpleModule("strict-json")
                .addDeserializer(String.class, new Texts())
                .addDeserializer(Instant.class, new Instants.Reader())
                .addSerializer(Instant.class, new Instants.Writer());
    }

    /** Tells a field that was left out (null) from one that was null (empty): what a merge patch hangs on. */
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
                .postConfigurer(StrictJson::refuseCoercion)
                .postConfigurer(mapper -> mapper.registerModule(module()));
    }

    private static void refuseCoercion(ObjectMapper mapper) {
        REFUSED.forEach((type, shapes) -> {
            shapes.forEach(shape -> mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail));
            if (type != LogicalType.Textual) {
                EMPTY.forEach(shape -> mapper.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail));
            }
        });
    }
}
