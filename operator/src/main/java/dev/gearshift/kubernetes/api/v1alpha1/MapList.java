package dev.gearshift.kubernetes.api.v1alpha1;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A list whose elements are told apart by a field, so that two managers can each own elements. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface MapList {

    /** The field that tells elements apart. */
    String key();
}
