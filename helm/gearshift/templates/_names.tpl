{{/* Names and labels. */}}

{{- define "gearshift.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "gearshift.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Labels of every object, with those of the dict under "more". */}}
{{- define "gearshift.labels" -}}
{{- $own := dict
  "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63)
  "app.kubernetes.io/version" (.Chart.AppVersion | toString)
  "app.kubernetes.io/managed-by" .Release.Service -}}
{{- $all := mergeOverwrite (deepCopy .Values.commonLabels) $own (include "gearshift.selector" . | fromYaml) -}}
{{- toYaml $all -}}
{{- end -}}

{{- define "gearshift.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "gearshift.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "gearshift.image" -}}
{{- $repository := required "\n\nimage.repository is not set, and there is no default: no image of Gearshift is published.\nBuild one from a clone and push it to a registry your cluster can pull from:\n\n  mvn -pl operator package jib:build -Dimage=<registry>/gearshift:<tag>\n\nthen install with --set image.repository=<registry>/gearshift --set image.tag=<tag>; docs/install.md has the details.\n" .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}
