package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/**
 * Reads a part of a custom resource without ever failing on what its fields hold: one object that cannot be read would stop
 * the informer and with it every other object.
 *
 * @param <R> the part
 */
abstract class LenientDeserializer<R extends Record> extends StdDeserializer<R> {

    private static final long serialVersionUID = 1;

    private final Class<R> type;
    private final String path;

    LenientDeserializer(Class<R> type, String path) {
        super(type);
        this.type = type;
        this.path = path;
    }

    @Override
    public R deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode json = context.readTree(parser);
        return LenientReader.read(json, type, path);
    }
}
