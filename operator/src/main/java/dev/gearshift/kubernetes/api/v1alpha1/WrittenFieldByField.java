package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;

/** A mix-in that takes a spec's own serializer away, so that its fields are seen. */
@JsonSerialize(using = JsonSerializer.None.class)
public interface WrittenFieldByField {}
