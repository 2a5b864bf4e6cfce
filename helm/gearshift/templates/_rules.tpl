{{/*
What the operator may do. docs/security.md says of each why; a test holds the two to each other. Nothing here is asked for in advance:
a verb is added together with the code that uses it.
*/}}

{{/* In every namespace it looks after. */}}
{{- define "gearshift.rules.namespace" -}}
- apiGroups: [gearshift.dev]
  resources: [modeldeployments]
  verbs: [list, watch]
- apiGroups: [gearshift.dev]
  resources: [modeldeployments/status]
  verbs: [patch]
- apiGroups: [gearshift.dev]
  resources: [modeldeployments/finalizers]
  verbs: [update]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [services]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch]
- apiGroups: [gateway.networking.k8s.io]
  resources: [httproutes]
  verbs: [get, list, create, patch, delete]
- apiGroups: [inference.networking.k8s.io]
  resources: [inferencepools]
  verbs: [get, list, create, patch, delete]
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, patch]
- apiGroups: [""]
  resources: [events]
  verbs: [get, list, watch, create, patch]
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, create, patch]
{{- end -}}

{{/* Of objects without a namespace, whatever the scope. */}}
{{- define "gearshift.rules.cluster" -}}
- apiGroups: [gearshift.dev]
  resources: [hardwaretiers]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [nodes]
  verbs: [list, watch]
{{- end -}}

{{/* Of these, only where it looks after all namespaces: an operator that sees part of the pods must not tell how a tier is used. */}}
{{- define "gearshift.rules.tierStatus" -}}
- apiGroups: [gearshift.dev]
  resources: [hardwaretiers/status]
  verbs: [patch]
{{- end -}}

{{/* In its own namespace, for the lease. */}}
{{- define "gearshift.rules.lease" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [gearshift]
  verbs: [get, update, patch]
{{- end -}}
