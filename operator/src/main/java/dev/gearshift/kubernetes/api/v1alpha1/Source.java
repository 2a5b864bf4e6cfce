package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a part of an object was read from. It is written back as it was found, so that copying an object loses nothing of
 * what its user wrote, not even what could not be read.
 *
 * @param json as found; never changed
 * @param problems what could not be read, in the order of the fields
 */
public record Source(JsonNode json, List<ReadingProblem> problems) {

    public Source {
        problems = List.copyOf(problems);
    }
}
