package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A language model, where it may run, what was promised for it, and how it does. */
@Group(GearshiftApi.GROUP)
@Version(GearshiftApi.VERSION)
@Kind("ModelDeployment")
@Plural("modeldeployments")
@Singular("modeldeployment")
@ShortNames("mdep")
@Categories("gearshift")
@JsonClassDescription(
        "A language model, the hardware tiers it may run on, its latency and cost objectives. Gearshift keeps as many"
                + " replicas on as cheap a mix of tiers as the objectives need.")
@ValidationRule(
        value = "size(self.metadata.name) <= 40",
        message = "the name must be at most 40 characters: names of Services and Deployments are made from it")
@ValidationRule(
        value = "self.metadata.name.matches('" + GearshiftApi.LABEL + "')",
        message = "the name must start with a letter and hold only lower-case letters, digits and '-' (no dots): a"
                + " Service gets this name")
@AdditionalPrinterColumn(name = "GEAR", jsonPath = ".status.gear")
@AdditionalPrinterColumn(name = "READY", jsonPath = ".status.ready")
@AdditionalPrinterColumn(name = "TTFT", jsonPath = ".status.latency[?(@.objective==\"TimeToFirstToken\")].observed")
@AdditionalPrinterColumn(name = "TPOT", jsonPath = ".status.latency[?(@.objective==\"TimePerOutputToken\")].observed")
@AdditionalPrinterColumn(name = "$/H", jsonPath = ".status.cost.perHour")
@AdditionalPrinterColumn(name = "$/1M", jsonPath = ".status.cost.perMillionTokens")
@AdditionalPrinterColumn(name = "LATENCY", jsonPath = ".status.conditions[?(@.type==\"LatencyMet\")].status")
@AdditionalPrinterColumn(name = "COST", jsonPath = ".status.conditions[?(@.type==\"CostMet\")].status")
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "REASON", jsonPath = ".status.decision.reason", priority = 1)
public class ModelDeployment extends CustomResource<ModelDeploymentSpec, ModelDeploymentStatus> implements Namespaced {

    private static final long serialVersionUID = 1;
}
