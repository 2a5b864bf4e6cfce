package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a spec as it was found where it was read from somewhere, and field by field where it was made in Java.
 *
 * @param <R> the spec
 */
abstract class SourceSerializer<R extends Record> extends StdSerializer<R> {

    private static final long serialVersionUID = 1;

    private final transient Function<R, @Nullable Source> source;
    private final transient ObjectMapper fieldByField;

    SourceSerializer(Class<R> type, Function<R, @Nullable Source> source) {
        super(type);
        this.source = source;
        this.fieldByField = JsonMapper.builder()
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .addMixIn(type, WrittenFieldByField.class)
                .build();
    }

    @Override
    public void serialize(R spec, JsonGenerator generator, SerializerProvider provider) throws IOException {
        Source found = source.apply(spec);
        generator.writeTree(found != null ? found.json() : fieldByField.valueToTree(spec));
    }
}
