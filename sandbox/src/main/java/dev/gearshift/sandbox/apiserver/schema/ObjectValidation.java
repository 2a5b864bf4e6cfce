package dev.gearshift.sandbox.apiserver.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything a custom resource definition says about its objects: schema first, then rules. Thread-safe. */
public final class ObjectValidation {

    private final Schema schema;
    private final CelRules rules;

    /**
     * Compiles all rules of the schema.
     *
     * @throws IllegalArgumentException when a rule does not compile, as the real server refuses such a definition
     */
    public ObjectValidation(Schema schema) {
        this.schema = schema;
        this.rules = new CelRules(schema);
    }

    /** The schema of whole objects. */
    public Schema schema() {
        return schema;
    }

    /** All that is wrong with an object, given what it replaces. */
    public List<FieldError> validate(Map<String, Object> object, @Nullable Map<String, Object> old) {
        List<FieldError> errors = new ArrayList<>();
        new SchemaValidation(errors).check(object, old, schema, "");
        if (errors.stream().anyMatch(e -> e.kind().blocking())) {
            errors.add(new FieldError(
                    FieldError.Kind.INVALID,
                    "<nil>",
                    "Invalid value: null: some validation rules were not checked because the object was invalid;"
                            + " correct the existing errors to complete validation"));
            return errors;
        }
        rules.check(object, old, errors);
        return errors;
    }
}
