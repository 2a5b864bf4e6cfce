{{/* What a schema cannot say: values that do not go together. */}}
{{- define "gearshift.checks" -}}
{{- if and (gt (int .Values.replicas) 1) (not .Values.leaderElection) -}}
{{- fail "replicas is above 1, but leaderElection is false: several operators would undo each other's work. Set leaderElection to true, or replicas to 1" -}}
{{- end -}}
{{- if eq (int .Values.metricsPort) (int .Values.healthPort) -}}
{{- fail (printf "metricsPort and healthPort are both %d: they must differ" (int .Values.metricsPort)) -}}
{{- end -}}
{{- if ne (empty .Values.prometheus.certFile) (empty .Values.prometheus.keyFile) -}}
{{- fail "prometheus.certFile and prometheus.keyFile go together: set both or neither" -}}
{{- end -}}
{{- $names := list -}}
{{- range .Values.podMonitor.engines -}}
{{- $name := default (lower .type) .name -}}
{{- if has $name $names -}}
{{- fail (printf "podMonitor.engines has two entries named %q: give one of them another name" $name) -}}
{{- end -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
