package dev.gearshift.kubernetes.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** One way to buy one kind of accelerator. */
@Group(GearshiftApi.GROUP)
@Version(GearshiftApi.VERSION)
@Kind("HardwareTier")
@Plural("hardwaretiers")
@Singular("hardwaretier")
@ShortNames("hwt")
@Categories("gearshift")
@JsonClassDescription(
        "One way to buy one kind of accelerator: spot and on-demand nodes of the same kind are two tiers. Deleting a"
                + " tier leaves the replicas on it running and orders no more there.")
@ValidationRule(
        value = "size(self.metadata.name) <= 20",
        message = "the name must be at most 20 characters: names of Deployments are made from it")
@ValidationRule(
        value = "!self.metadata.name.contains('.')",
        message = "the name must not contain dots: names of Services are made from it; write '-' instead")
@AdditionalPrinterColumn(name = "ACCELERATOR", jsonPath = ".spec.accelerator.product")
@AdditionalPrinterColumn(name = "CAPACITY", jsonPath = ".spec.capacityType")
@AdditionalPrinterColumn(name = "$/ACC-H", jsonPath = ".spec.price.perAcceleratorHour")
@AdditionalPrinterColumn(name = "REGION", jsonPath = ".spec.region")
@AdditionalPrinterColumn(name = "IN-USE", jsonPath = ".status.inUse", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "LIMIT", jsonPath = ".spec.limit", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "STOCK-OUT-UNTIL", jsonPath = ".status.stockOutUntil")
@AdditionalPrinterColumn(name = "OBSERVED", jsonPath = ".status.observedPrice", priority = 1)
@AdditionalPrinterColumn(name = "PRICE-SOURCE", jsonPath = ".status.priceSource", priority = 1)
@AdditionalPrinterColumn(
        name = "AGE",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class HardwareTier extends CustomResource<HardwareTierSpec, HardwareTierStatus> {

    private static final long serialVersionUID = 1;
}
