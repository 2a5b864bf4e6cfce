/** A fixture that breaks a rule of the fence. */
@org.jspecify.annotations.NullMarked
package fence.prometheusknowsnoadapter.other;
